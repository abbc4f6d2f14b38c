// A worker with a process of its own for pg-boss-jobs.test.ts: node --import tsx job-worker.ts '{…}'. It works until it is killed.
import { chooseEngine } from '../../db/engine.ts'

interface Orders {
  readonly databaseUrl: string
  readonly url: string
  readonly apiKey: string
  /** Its clock stands here. */
  readonly now: string
}

const isOrders = (value: unknown): value is Orders =>
  typeof value === 'object' && value !== null && 'databaseUrl' in value && 'url' in value && 'apiKey' in value && 'now' in value

const orders: unknown = JSON.parse(process.argv[2] ?? 'null')
if (!isOrders(orders)) throw new Error('It was told nothing that it understands.')
const { databaseUrl, url, apiKey, now } = orders

// The tables are made for the engine that was chosen before they are loaded.
chooseEngine('postgres')
const { openDatabase } = await import('../../db/open-database.ts')
const { jobFigures, startPgBossJobs } = await import('../adapters/pg-boss-jobs.ts')
const { createResendMailer } = await import('../adapters/resend-mailer.ts')
const { deliveryHandlers } = await import('../delivery/delivery-handlers.ts')
const { loadProfile } = await import('../profile/load-profile.ts')
const { workplaceOf } = await import('../work.ts')
const { createStubTexter } = await import('./stub-texter.ts')

const log = { info: () => {}, error: () => {} }
const jobs = await startPgBossJobs({ databaseUrl, log, isWorker: true, figures: { ...jobFigures, silence: 10, heartbeatEvery: 2 } })
const workplace = workplaceOf(openDatabase(databaseUrl), { now: () => new Date(now) }, jobs.promiseDelivery)
await jobs.runUntilStopped({
  ...deliveryHandlers({
    workplace, log, linkKeys: ['k'.repeat(32)], workerName: `worker-${process.pid}`, profile: loadProfile(), texter: createStubTexter(),
    mailer: createResendMailer({ apiKey, baseUrl: url, requestsPerSecond: 500 }),
  }),
  evening: null,
}, new AbortController().signal)
