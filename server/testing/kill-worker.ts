// A worker of its own process for kill.test.ts and rate.test.ts: node --import tsx kill-worker.ts '{…}'. It delivers, or holds
// an evening. At the step it is told it dies, or stands still until it is sent SIGCONT.
import { once } from 'node:events'
import { chooseEngine, engineOf } from '../../db/engine.ts'
import type { Workplace } from '../work.ts'

interface Orders {
  /** Default: deliver. */
  readonly task?: 'holdEvening'
  readonly databaseUrl: string
  readonly url: string
  readonly apiKey: string
  /** How far its clock is ahead of the machine's. */
  readonly aheadMs: number
  readonly dieAt?: string
  /** The how manieth time that the step is reached, from 1. */
  readonly dieOn?: number
  /** Default SIGKILL. */
  readonly dieBy?: 'SIGKILL' | 'SIGSTOP'
  readonly requestsPerSecond?: number
  readonly batchLimit?: number
  /** Waits for a line on its input before it begins, and says one when it could. */
  readonly isTold?: boolean
}

const isOrders = (value: unknown): value is Orders =>
  typeof value === 'object' && value !== null && 'databaseUrl' in value && 'url' in value && 'apiKey' in value && 'aheadMs' in value

const orders: unknown = JSON.parse(process.argv[2] ?? 'null')
if (!isOrders(orders)) throw new Error('It was told nothing that it understands.')
const { task, databaseUrl, url, apiKey, aheadMs, dieAt, dieOn = 1, dieBy = 'SIGKILL', requestsPerSecond = 500, batchLimit = 20, isTold = false } = orders

let reached = 0
// The tables are made for the engine that was chosen before they are loaded.
chooseEngine(engineOf(databaseUrl))
const { openDatabase } = await import('../../db/open-database.ts')
const { loadProfile } = await import('../profile/load-profile.ts')
const { workplaceOf } = await import('../work.ts')

const profile = loadProfile()
const reachedStep = (step: string): void => {
  if (step === dieAt && ++reached === dieOn) process.kill(process.pid, dieBy)
}

// What each task needs is loaded for it alone: thousands of these are started.
const todo = task === 'holdEvening' ? await prepareEvening() : await prepareDelivery()
const database = openDatabase(databaseUrl, { waitMs: 20_000 })
if (isTold) {
  process.stdout.write('ready\n')
  await once(process.stdin, 'data')
  process.stdin.pause()
}
const done = await todo(workplaceOf(database, { now: () => new Date(Date.now() + aheadMs) }))
await database.close()
process.stdout.write(JSON.stringify(done))

async function prepareEvening(): Promise<(workplace: Workplace) => Promise<unknown>> {
  const { runEvening } = await import('../evening/run-evening.ts')
  const { aSite } = await import('./a-site.ts')
  return (workplace) => runEvening(workplace, aSite(profile), { mayBeFuture: false }, reachedStep)
}

async function prepareDelivery(): Promise<(workplace: Workplace) => Promise<unknown>> {
  const { createResendMailer } = await import('../adapters/resend-mailer.ts')
  const { deliverOutbox } = await import('../delivery/deliver-outbox.ts')
  const { createStubTexter } = await import('./stub-texter.ts')
  return (workplace) => deliverOutbox({
    workplace, profile,
    mailer: { ...createResendMailer({ apiKey, baseUrl: url, requestsPerSecond }), batchLimit },
    linkKeys: ['k'.repeat(32)],
    texter: createStubTexter(),
    log: { info: () => {}, error: () => {} },
    workerName: `worker-${process.pid}`,
    reached: reachedStep,
  })
}
