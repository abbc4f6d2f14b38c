import type { MessageKind } from '../../contract/vocabulary.ts'

/** What one mail for several cases tells of one of them. */
export interface BundledNotice {
  readonly subscriptionId: number
  readonly linkVersion: number
  readonly contentId: number
  readonly note: string
}

/** A message in the hands of one worker, with the facts that it is composed from. */
export interface LeasedMessage {
  readonly id: number
  readonly kind: MessageKind
  /** Where it goes: an e-mail address, or for a text a phone number. */
  readonly address: string
  /** The code of the phone's carrier, where one is known; null for an e-mail. */
  readonly carrier: string | null
  /** Set for e-mails. */
  readonly subscriberId: number | null
  /** Set for what bears the stop link of one subscription, and so is `linkVersion`: of a text the phone's row (E6). */
  readonly subscriptionId: number | null
  readonly linkVersion: number | null
  readonly contentId: number
  /** Its reader asked that nothing of a case is said but its number (F11). */
  readonly isPrivate: boolean
  /** The reader's own words for the case; empty where there are none. */
  readonly note: string
  /** What one mail for several cases tells of each, in order (F2); empty for every other message. */
  readonly bundle: readonly BundledNotice[]
  /** This try included. */
  readonly attempts: number
  /** Tells this message from every other, of this installation and of others. */
  readonly identity: string
}

/** A message that was in an earlier try of a remembered batch and may not leave any more (rule 6). */
export interface DroppedMessage {
  readonly id: number
  readonly reason: string
}

/** Messages that share one provider request. Nobody else may settle them until the lease runs out. */
export interface LeasedBatch {
  /** The lease: settled only by who holds it. */
  readonly worker: string
  readonly batchId: number
  /** The provider's idempotency key: the same in every try of this batch. */
  readonly providerKey: string
  /** True when an earlier try may have arrived. */
  readonly isRetry: boolean
  /** In the order of the request. */
  readonly messages: readonly LeasedMessage[]
  readonly dropped: readonly DroppedMessage[]
  /** What they say, as stored JSON text, by content id. */
  readonly contents: ReadonlyMap<number, string>
}

/** What became of messages, in numbers. */
export interface Settled {
  readonly sent: number
  readonly retrying: number
  readonly failed: number
  readonly cancelled: number
  readonly parked: number
  /** Those that somebody else holds by now: left alone. */
  readonly lost: number
}

export const nothingSettled: Settled = { sent: 0, retrying: 0, failed: 0, cancelled: 0, parked: 0, lost: 0 }

export const addSettled = (a: Settled, b: Settled): Settled => ({
  sent: a.sent + b.sent,
  retrying: a.retrying + b.retrying,
  failed: a.failed + b.failed,
  cancelled: a.cancelled + b.cancelled,
  parked: a.parked + b.parked,
  lost: a.lost + b.lost,
})
