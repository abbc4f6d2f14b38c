import { and, eq } from 'drizzle-orm'
import { subscribers, subscriptions } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { SentMessage } from '../../contract/sent-view.ts'
import type { MessageKind } from '../../contract/vocabulary.ts'
import type { Reading } from '../../work.ts'
import type { BundledNotice } from '../outbox/leased-batch.ts'
import type { Site } from '../outbox/message-frame.ts'
import { findMessage } from './list-messages.ts'
import { tellMessages } from './tell-messages.ts'

/** All that a copy of a message is made from. */
export interface FrozenMessage {
  readonly id: number
  readonly kind: MessageKind
  readonly subscriberId: number | null
  readonly subscriptionId: number | null
  readonly contentId: number
  /** JSON text by content id. */
  readonly contents: ReadonlyMap<number, string>
  readonly bundle: readonly BundledNotice[]
  /** How the account has its mail written now; how it had it then is not kept. */
  readonly isPrivate: boolean
  readonly note: string
}

/**
 * One message of an account as `listSent` lists it, and what its copy is made from; null where its words may not be shown. Refuses `notFound`
 * for any other.
 */
export async function getSentMessage(
  reading: Reading, site: Pick<Site, 'profile'>, subscriberId: number, id: number,
): Promise<{ readonly sent: Omit<SentMessage, 'copy'>; readonly frozen: FrozenMessage | null }> {
  const row = await findMessage(reading, subscriberId, id)
  const [told] = row ? await tellMessages(reading, site, [row]) : []
  if (!row || !told) throw new Refusal('notFound', 'Not found.')
  const { line, contents, bundle, phoneEnding } = told
  const [writing] = await reading.tx.select({ isPrivate: subscribers.isPrivate, note: subscriptions.note }).from(subscribers)
    .leftJoin(subscriptions, and(eq(subscriptions.subscriberId, subscribers.id), eq(subscriptions.id, row.subscriptionId ?? 0)))
    .where(eq(subscribers.id, subscriberId))
  const { kind, subscriptionId, contentId, settledAt } = row
  return {
    sent: { ...line, phoneEnding, settledAt },
    frozen: line.words === null ? null : {
      id, kind, subscriberId: row.subscriberId, subscriptionId, contentId, contents, bundle, isPrivate: writing?.isPrivate ?? false, note: writing?.note ?? '',
    },
  }
}
