import { desc, eq } from 'drizzle-orm'
import { messageContents, outboxMessages, phoneVerifications, subscribers, subscriptions, trackingRequests } from '../../db/schema.ts'
import type { MessageContent } from '../domain/outbox/message-content.ts'
import { confirmPhone } from '../domain/texts/confirm-phone.ts'
import { confirmTracking, type Confirmation } from '../domain/tracking/confirm-tracking.ts'
import type { TrackingRequest } from '../domain/tracking/request-tracking.ts'
import { ask } from './visitor.ts'
import type { World } from './world.ts'

export const aPhone = '+15735550123'

/** Confirms what was asked for last. */
export async function confirmNewest(world: World): Promise<Confirmation> {
  const [newest] = await world.reading().tx.select({ id: trackingRequests.id }).from(trackingRequests).orderBy(desc(trackingRequests.id)).limit(1)
  return world.work((work) => confirmTracking(work, world.site, newest?.id ?? 0))
}

/** Confirms the phone that was sent a verification text last. */
export async function confirmNewestPhone(world: World): Promise<void> {
  const [newest] = await world.reading().tx.select({ id: phoneVerifications.id }).from(phoneVerifications).orderBy(desc(phoneVerifications.id)).limit(1)
  await world.work((work) => confirmPhone(work, world.site, newest?.id ?? 0))
}

/** Asks to track a case by e-mail and text, and confirms both; answers the subscription. */
export async function trackByText(
  world: World, email: string, number: string, phone = aPhone, more: Partial<TrackingRequest> = {},
): Promise<typeof subscriptions.$inferSelect> {
  await ask(world, email, number, { ...more, phone })
  await confirmNewest(world)
  await confirmNewestPhone(world)
  return subscriptionOf(world, email)
}

/** The newest subscription of an address. */
export async function subscriptionOf(world: World, email: string): Promise<typeof subscriptions.$inferSelect> {
  const [found] = await world.reading().tx.select({ subscription: subscriptions }).from(subscriptions)
    .innerJoin(subscribers, eq(subscribers.id, subscriptions.subscriberId))
    .where(eq(subscribers.email, email)).orderBy(desc(subscriptions.id)).limit(1)
  if (!found) throw new Error('Nothing is tracked.')
  return found.subscription
}

/** What was owed of a kind, the oldest first. */
export async function owed<K extends MessageContent['kind']>(world: World, kind: K): Promise<Extract<MessageContent, { kind: K }>[]> {
  const found = await world.reading().tx.select({ payload: messageContents.payload }).from(outboxMessages)
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).where(eq(outboxMessages.kind, kind)).orderBy(outboxMessages.id)
  // The column holds what `putMessage` wrote of that kind.
  return found.map((one) => one.payload as Extract<MessageContent, { kind: K }>)
}
