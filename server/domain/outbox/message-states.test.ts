import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxBatches, outboxMessages, subscribers, subscriptions } from '../../../db/schema.ts'
import { messageStates, type MessageState } from '../../contract/vocabulary.ts'
import { oweTexts } from '../../testing/owe-texts.ts'
import { openWorld, type World } from '../../testing/world.ts'
import type { Work } from '../../work.ts'
import { dropMessage } from './drop-message.ts'
import { leaseBatch } from './lease-messages.ts'
import { canMove } from './message-states.ts'
import { retryMessage } from './retry-message.ts'
import { settleMessages, type Move } from './settle-messages.ts'
import { takeMailReport } from './take-mail-report.ts'
import { takeDeliveryReport } from '../texts/take-delivery-report.ts'
import { loadProfile } from '../../profile/load-profile.ts'

const order = { channel: 'text' as const, profile: loadProfile(), worker: 'w', limit: 10, seconds: 60, remembersForMs: 3_600_000 }

interface OwedText {
  readonly messageId: number
  readonly subscriptionId: number
  readonly number: string
}

/** Everything that can bring a message into a state, tried on it whatever state it is in. */
const ways: Partial<Record<MessageState, readonly ((work: Work, owed: OwedText, batchId: number) => Promise<unknown>)[]>> = {
  leased: [(work) => leaseBatch(work, order)],
  waiting: [
    (work, { messageId }, batchId) => settle(work, batchId, { id: messageId, to: 'waiting', reason: 'busy', dueAt: work.now, batchId: null, isTry: true }),
    (work, { messageId }) => retryMessage(work, messageId),
  ],
  sent: [
    (work, { messageId }, batchId) => settle(work, batchId, { id: messageId, to: 'sent', providerId: 'p' }),
    (work, owed) => tell(work, owed, 'taken'),
  ],
  failed: [(work, { messageId }, batchId) => settle(work, batchId, { id: messageId, to: 'failed', reason: 'refused' })],
  parked: [(work, { messageId }, batchId) => settle(work, batchId, { id: messageId, to: 'parked', reason: 'unknown' })],
  cancelled: [
    (work, { messageId }, batchId) => settle(work, batchId, { id: messageId, to: 'cancelled', reason: 'stopped' }),
    (work, { messageId }) => dropMessage(work, messageId),
    async (work, { subscriptionId }) => {
      await work.tx.update(subscriptions).set({ textState: 'stopped' }).where(eq(subscriptions.id, subscriptionId))
      await leaseBatch(work, order)
    },
  ],
  delivered: [(work, owed) => tell(work, owed, 'delivered')],
  bounced: [(work, owed) => tell(work, owed, 'undelivered'), bounceAsMail],
}

const tell = (work: Work, { messageId, number }: OwedText, fate: 'taken' | 'delivered' | 'undelivered') =>
  takeDeliveryReport(work, { messageKey: `m${messageId}`, to: number, providerId: 'SM1', fate, errorCode: '30003' }, true)

/** The same message as an e-mail, which came back. */
async function bounceAsMail(work: Work, { messageId, subscriptionId }: OwedText): Promise<void> {
  const [to] = await work.tx.select({ id: subscribers.id, email: subscribers.email }).from(subscriptions)
    .innerJoin(subscribers, eq(subscribers.id, subscriptions.subscriberId)).where(eq(subscriptions.id, subscriptionId))
  if (!to) throw new Error('Nobody is owed.')
  await work.tx.update(outboxMessages).set({ kind: 'notice', phoneId: null, subscriberId: to.id }).where(eq(outboxMessages.id, messageId))
  await takeMailReport(work, order.profile, { key: `bounce/${messageId}`, messageKey: `m${messageId}`, to: to.email, providerId: 'p', fate: 'bounced' }, true)
}

const settle = (work: Work, batchId: number, move: Move) => settleMessages(work, { worker: 'w', batchId }, [move])

describe('the life of a message', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  /** A message in that state, and where it is after one of the ways to another was tried. */
  async function after(from: MessageState, way: (work: Work, owed: OwedText, batchId: number) => Promise<unknown>): Promise<MessageState | undefined> {
    return world.work(async (work) => {
      const { phoneId, subscriptionId, number } = await oweTexts(work, world.site)
      const [message] = await work.tx.select({ id: outboxMessages.id }).from(outboxMessages).where(eq(outboxMessages.phoneId, phoneId))
      const [batch] = await work.tx.insert(outboxBatches).values({ providerKey: 'key', firstTriedAt: work.now }).returning()
      if (!message || !batch) throw new Error('Nothing is owed.')
      const owed = { messageId: message.id, subscriptionId, number }
      const lease = from === 'leased' ? { leasedBy: 'w', leasedUntil: new Date(work.now.getTime() + 60_000) } : {}
      const isTried = from !== 'waiting' && from !== 'cancelled'
      await work.tx.update(outboxMessages)
        .set({ state: from, attempts: from === 'cancelled' ? 0 : 1, batchId: isTried ? batch.id : null, ...lease })
        .where(eq(outboxMessages.id, owed.messageId))
      await way(work, owed, batch.id)
      const [row] = await work.tx.select().from(outboxMessages).where(eq(outboxMessages.id, owed.messageId))
      // So that the next one is alone.
      await work.tx.update(outboxMessages).set({ state: 'cancelled', leasedBy: null, leasedUntil: null })
      return row?.state
    })
  }

  for (const from of messageStates) {
    for (const [to, tried] of Object.entries(ways)) {
      const isAllowed = messageStates.some((state) => state === to && canMove(from, state))
      it(`${isAllowed ? 'goes' : 'does not go'} from ${from} to ${to}`, async () => {
        const ends = await Promise.all(tried.map((way) => after(from, way)))
        if (isAllowed) expect(ends).toContain(to)
        else if (from !== to) expect(ends).not.toContain(to)
      })
    }
  }

  it('goes on after sending only by what the provider tells, and not after it arrived', () => {
    expect(messageStates.filter((state) => canMove('sent', state))).toEqual(['delivered', 'bounced'])
    expect(messageStates.filter((state) => canMove('bounced', state))).toEqual(['delivered'])
    for (const state of messageStates) expect(canMove('delivered', state)).toBe(false)
  })
})
