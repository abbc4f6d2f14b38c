import { openSqlite } from '../db/open-sqlite.ts'
import { createResendMailer } from '../server/adapters/resend-mailer.ts'
import { deliverOutbox } from '../server/delivery/deliver-outbox.ts'
import type { LinkKeys } from '../server/domain/links/link-token.ts'
import type { Site } from '../server/domain/outbox/message-frame.ts'
import { runEvening } from '../server/evening/run-evening.ts'
import type { Log, Mailer } from '../server/ports.ts'
import { loadProfile } from '../server/profile/load-profile.ts'
import { workplaceOf, type Workplace } from '../server/work.ts'
import { processorMsSince } from './figures.ts'
import { eveningAt, eveningDay } from './put-evening.ts'

/** How long one evening took and with what, in milliseconds. */
export interface HeldEvening {
  readonly mails: number
  readonly ms: number
  readonly processorMs: number
  /** What one thread did in that time; what is left is the provider's client and waiting. */
  readonly parts: { readonly plan: number; readonly compose: number; readonly ledger: number; readonly request: number }
}

export const linkKeys: LinkKeys = ['an-invented-secret-for-the-bench-0123456789']
export const site: Site = { origin: 'https://track.example.org', sender: 'Track This Case <ttc@courts.example.org>', profile: loadProfile() }
/** As many requests under way at once as the bare loop has. */
export const underWayAtOnce = 4

/** The database as the service opens it, at the hour of the evening and on from there. */
export function openWorkplace(file: string): Workplace {
  const from = performance.now()
  return workplaceOf(openSqlite(file), { now: () => new Date(eveningAt + Math.round(performance.now() - from)) })
}

/**
 * One evening as the service holds it: `runEvening`, then `deliverOutbox` through the Resend adapter and its vendor's SDK.
 * The provider's rate is lifted: it would be all that is measured.
 */
export async function holdOurEvening(file: string, providerUrl: string): Promise<HeldEvening> {
  const workplace = openWorkplace(file)
  let failure: unknown
  const log: Log = {
    info: () => undefined,
    error: (fact, error) => {
      throw new Error(fact, { cause: failure ?? error })
    },
  }
  const parts = { plan: 0, compose: 0, ledger: 0, request: 0 }
  const resend = createResendMailer({ apiKey: 're_bench', baseUrl: providerUrl, requestsPerSecond: 1 })
  const mailer: Mailer = {
    ...resend,
    requestsPerSecond: null,
    concurrency: underWayAtOnce,
    send(batchKey, mails) {
      const began = performance.now()
      const answer = resend.send(batchKey, mails)
      // Up to here the batch was written out and handed to the client; the rest is waiting.
      parts.request += performance.now() - began
      return answer.catch((error: unknown) => {
        // Its reason goes to the outbox and not into the log.
        failure = error
        throw error
      })
    },
  }
  let leasedAt = 0
  try {
    const processor = process.cpuUsage()
    const began = performance.now()
    await runEvening(workplace, site, { day: eveningDay, mayBeFuture: false })
    parts.plan = performance.now() - began
    const { sent } = await deliverOutbox({
      workplace: {
        ...workplace,
        inOneTransaction: async (todo) => {
          let begunAt = 0
          const result = await workplace.inOneTransaction((work) => {
            begunAt = performance.now()
            return todo(work)
          })
          parts.ledger += performance.now() - begunAt
          return result
        },
      },
      mailer, linkKeys, log, workerName: 'bench',
      reached: (step) => {
        if (step === 'leased') leasedAt = performance.now()
        if (step === 'composed') parts.compose += performance.now() - leasedAt
      },
    })
    return { mails: sent, ms: performance.now() - began, processorMs: processorMsSince(processor), parts }
  } finally {
    await workplace.close()
  }
}
