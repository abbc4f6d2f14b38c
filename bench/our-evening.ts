import { createStubTexter } from '../server/testing/stub-texter.ts'
import { openDatabase } from '../db/open-database.ts'
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
  /** Of delivering. */
  readonly transactions: number
  /** What one thread did in that time; what is left is the provider's client and waiting. */
  readonly parts: { readonly plan: number; readonly compose: number; readonly ledger: number; readonly request: number }
}

export const linkKeys: LinkKeys = ['an-invented-secret-for-the-bench-0123456789']
export const site: Site = { origin: 'https://track.example.org', sender: 'Track This Case <ttc@courts.example.org>', profile: loadProfile(), texts: { takesReplies: true, needsCarrier: false } }
/** Nobody of the bench gets texts. */
const noTexts = createStubTexter()
/** As many requests under way at once as the bare loop has. */
export const underWayAtOnce = 4

/** The database as the service opens it, at the hour of the evening and on from there. */
export function openWorkplace(databaseUrl: string): Workplace {
  const from = performance.now()
  return workplaceOf(openDatabase(databaseUrl, { waitMs: 60_000 }), { now: () => new Date(eveningAt + Math.round(performance.now() - from)) })
}

interface OurMailer {
  readonly mailer: Mailer
  readonly log: Log
  /** Milliseconds spent on writing batches out and handing them to the client. */
  readonly requestMs: () => number
}

/** The Resend adapter over its vendor's SDK, its rate lifted: it would be all that is measured. */
function ourMailer(providerUrl: string): OurMailer {
  let requestMs = 0
  let failure: unknown
  const resend = createResendMailer({ apiKey: 're_bench', baseUrl: providerUrl, requestsPerSecond: 1 })
  return {
    requestMs: () => requestMs,
    log: {
      info: () => undefined,
      error: (fact, error) => {
        throw new Error(fact, { cause: failure ?? error })
      },
    },
    mailer: {
      ...resend,
      requestsPerSecond: null,
      concurrency: underWayAtOnce,
      send(batchKey, mails) {
        const began = performance.now()
        const answer = resend.send(batchKey, mails)
        // Up to here the batch was written out and handed to the client; the rest is waiting.
        requestMs += performance.now() - began
        return answer.catch((error: unknown) => {
          // Its reason goes to the outbox and not into the log.
          failure = error
          throw error
        })
      },
    },
  }
}

/** Plans the evening; gives how many notices it owes. */
export async function planOurEvening(workplace: Workplace): Promise<number> {
  return (await runEvening(workplace, site, { day: eveningDay, mayBeFuture: false })).notices
}

/** Delivers until nothing is due; gives how many this one sent. */
export async function deliverOurs(workplace: Workplace, providerUrl: string): Promise<number> {
  const { mailer, log } = ourMailer(providerUrl)
  return (await deliverOutbox({ workplace, profile: site.profile, mailer, texter: noTexts, linkKeys, log, workerName: 'bench' })).sent
}

/** One evening as the service holds it: `runEvening`, then `deliverOutbox`. */
export async function holdOurEvening(file: string, providerUrl: string): Promise<HeldEvening> {
  const workplace = openWorkplace(`file:${file}`)
  const { mailer, log, requestMs } = ourMailer(providerUrl)
  const parts = { plan: 0, compose: 0, ledger: 0 }
  let leasedAt = 0
  let transactions = 0
  try {
    const processor = process.cpuUsage()
    const began = performance.now()
    await planOurEvening(workplace)
    parts.plan = performance.now() - began
    const { sent } = await deliverOutbox({
      profile: site.profile,
      texter: noTexts,
      workplace: {
        ...workplace,
        inOneTransaction: async (todo) => {
          let begunAt = 0
          const result = await workplace.inOneTransaction((work) => {
            begunAt = performance.now()
            return todo(work)
          })
          parts.ledger += performance.now() - begunAt
          transactions++
          return result
        },
      },
      mailer, linkKeys, log, workerName: 'bench',
      reached: (step) => {
        if (step === 'leased') leasedAt = performance.now()
        if (step === 'composed') parts.compose += performance.now() - leasedAt
      },
    })
    return { mails: sent, ms: performance.now() - began, processorMs: processorMsSince(processor), transactions, parts: { ...parts, request: requestMs() } }
  } finally {
    await workplace.close()
  }
}
