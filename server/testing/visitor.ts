import { eq } from 'drizzle-orm'
import { subscribers, subscriptions, trackingRequests } from '../../db/schema.ts'
import { confirmTracking } from '../domain/tracking/confirm-tracking.ts'
import { emailKey } from '../domain/tracking/put-subscriber.ts'
import { requestTracking, type TrackingRequest } from '../domain/tracking/request-tracking.ts'
import type { World } from './world.ts'

const plain = { court: undefined, phone: null, carrier: null, eventTenDays: false, eventTwoDays: false, paymentTwoDays: false }

/** Asks to track a case, as the form does. */
export const ask = (world: World, email: string, number: string, more: Partial<TrackingRequest> = {}): Promise<void> =>
  world.work((work) => requestTracking(work, world.site, { ...plain, ...more, email, number }))

/** Asks and confirms the newest request of the address; answers the subscription. */
export async function track(world: World, email: string, number: string): Promise<typeof subscriptions.$inferSelect> {
  await ask(world, email, number)
  const [newest] = (await world.reading().tx.select({ id: trackingRequests.id, subscriberId: trackingRequests.subscriberId, caseId: trackingRequests.caseId })
    .from(trackingRequests).innerJoin(subscribers, eq(subscribers.id, trackingRequests.subscriberId))
    .where(eq(subscribers.emailKey, emailKey(email)))).sort((a, b) => b.id - a.id)
  if (!newest) throw new Error('Nothing was asked for.')
  await world.work((work) => confirmTracking(work, world.site, newest.id))
  const [subscription] = (await world.reading().tx.select().from(subscriptions).where(eq(subscriptions.caseId, newest.caseId)))
    .filter((one) => one.subscriberId === newest.subscriberId)
  if (!subscription) throw new Error('Nothing is tracked.')
  return subscription
}
