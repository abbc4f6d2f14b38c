import { isTRPCClientError } from '@trpc/client'
import type { FieldErrors } from '../../../../server/contract/tracking-form.ts'
import type { TrackingInput } from '../../../../server/contract/tracking-input.ts'
import type { AppRouter } from '../../../../server/routers/app-router.ts'
import { browserClient } from '../../../_trpc/browser-client.ts'
import { wentWrong, type Answer } from './answer.ts'

/** Asks the server to track (B2; D2 for who is logged in) or for a report only (B4). What it refuses is an answer too; never throws. */
export async function askToTrack(input: TrackingInput, { isReportOnly, isByAccount }: { isReportOnly: boolean; isByAccount: boolean }): Promise<Answer> {
  const { tracking } = browserClient
  try {
    if (isReportOnly) return { kind: 'result', textMessage: null, ...await (isByAccount ? tracking.reportAsAccount : tracking.requestReport).mutate(input) }
    return { kind: 'result', ...await (isByAccount ? tracking.trackAsAccount : tracking.request).mutate(input) }
  } catch (error) {
    if (!isTRPCClientError<AppRouter>(error) || !error.data) return wentWrong
    const fields: FieldErrors = error.data.fields
    return Object.keys(fields).length > 0 ? { kind: 'errors', fields } : { kind: 'errors', fields: {}, general: error.message }
  }
}
