import { setTimeout as sleep } from 'node:timers/promises'
import { readResendCall, type SignedCall } from './adapters/resend-webhook.ts'
import { takeMailReport } from './domain/outbox/take-mail-report.ts'
import type { Env } from './env.ts'
import type { CourtProfile } from './profile/schema.ts'
import type { Workplace } from './work.ts'

// A report can be quicker than the answer to the request that it is about.
const waitsForOurAnswer = 10
const waitMs = 200

/**
 * Takes in what the mail provider tells of a mail (G4). `closed`: no secret for it was named; `forged`: the call does not bear its
 * signature. What says nothing to us is taken and changes nothing.
 */
export async function takeMailCall(
  { env: { resendWebhookSecret }, workplace, profile }: { env: Pick<Env, 'resendWebhookSecret'>; workplace: Workplace; profile: Pick<CourtProfile, 'timeZone'> }, call: SignedCall,
): Promise<'closed' | 'forged' | 'taken'> {
  if (resendWebhookSecret === undefined) return 'closed'
  const event = readResendCall(resendWebhookSecret, call)
  if (event === 'forged') return 'forged'
  if (event === null) return 'taken'
  const report = { ...event, key: `resend/${call.id}` }
  for (let waited = 0; waited <= waitsForOurAnswer; waited++) {
    const taken = await workplace.inOneTransaction((work) => takeMailReport(work, profile, report, waited === waitsForOurAnswer))
    if (taken !== 'underWay') break
    await sleep(waitMs)
  }
  return 'taken'
}
