import type { MessageState } from '../../contract/vocabulary.ts'

// The life of a message, all of it. `docs/` shows the picture; `message-states.test.ts` walks every arrow.
const arrows: Readonly<Record<MessageState, readonly MessageState[]>> = {
  // To `delivered` and `bounced` only by what the provider tells (take-mail-report.ts, take-delivery-report.ts), which may be quicker than our own
  // knowledge, and be all that there is where its answer was lost. That it arrived stands whatever is told besides.
  waiting: ['leased', 'cancelled', 'delivered', 'bounced'],
  leased: ['sent', 'waiting', 'failed', 'cancelled', 'parked', 'delivered', 'bounced'],
  sent: ['delivered', 'bounced'],
  delivered: [],
  bounced: ['delivered'],
  // To `waiting` only by an operator's word (retry-message.ts), and from `parked` to `cancelled` (drop-message.ts).
  failed: ['waiting'],
  cancelled: [],
  parked: ['waiting', 'sent', 'delivered', 'bounced', 'cancelled'],
}

/** Whether a message in one state may come to be in the other. */
export const canMove = (from: MessageState, to: MessageState): boolean => arrows[from].includes(to)

/** How many times a message is tried before it is given up. */
export const maxAttempts = 8
