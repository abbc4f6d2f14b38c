import { leaseBatch } from '../domain/outbox/lease-messages.ts'
import type { BatchAnswer } from '../domain/outbox/decide-fates.ts'
import type { LeasedBatch } from '../domain/outbox/leased-batch.ts'
import { settleBatch } from '../domain/outbox/settle-batch.ts'
import { takeMailReport, type MailReport } from '../domain/outbox/take-mail-report.ts'
import type { World } from './world.ts'

const remembersForMs = 86_400_000
const providerIdOf = (id: number): string => `p${id}`

/** Leases e-mails that are due, so many at most; undefined when none may leave. */
export async function leaseMail(world: World, limit = 100): Promise<LeasedBatch | undefined> {
  for (;;) {
    const { batch, settled } = await world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit, seconds: 60, remembersForMs }))
    if (batch) return batch
    if (settled.cancelled === 0) return undefined
  }
}

/** Writes down what a provider answered; by default that it took all. */
export async function answerMail(world: World, batch: LeasedBatch, answer?: BatchAnswer): Promise<void> {
  const took: BatchAnswer = { kind: 'answered', mails: batch.messages.map(({ id }) => ({ kind: 'sent', providerId: providerIdOf(id) })) }
  await world.work((work) => settleBatch(work, batch, answer ?? took, { remembersForMs, jitter: 0 }))
}

/** Everything that is due leaves; answers the ids of what did. */
export async function sendMail(world: World): Promise<number[]> {
  const left: number[] = []
  for (let batch = await leaseMail(world); batch; batch = await leaseMail(world)) {
    await answerMail(world, batch)
    left.push(...batch.messages.map(({ id }) => id))
  }
  return left
}

/** A provider refuses for good what is due, or does not answer. */
export async function failMail(world: World, how: 'refused' | 'unanswered'): Promise<void> {
  const batch = await leaseMail(world)
  if (!batch) throw new Error('Nothing was due.')
  await answerMail(world, batch, { kind: 'failed', reason: 'No.', isFinal: how === 'refused', isUnanswered: how === 'unanswered', retryAfterMs: how === 'refused' ? null : 1 })
}

let reports = 0
/** A provider tells what became of a mail that it took. */
export const reportMail = (world: World, id: number, fate: MailReport['fate'], to: string): Promise<'taken' | 'underWay' | 'unknown'> => world.work((work) =>
  takeMailReport(work, world.profile, { key: `report-${++reports}`, messageKey: `m${id}`, to, providerId: providerIdOf(id), fate }, true))
