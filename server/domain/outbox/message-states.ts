import type { MessageState } from '../../contract/vocabulary.ts'

// The life of a message, all of it. `docs/` shows the picture; `message-states.test.ts` walks every arrow.
const arrows: Readonly<Record<MessageState, readonly MessageState[]>> = {
  waiting: ['leased', 'cancelled'],
  leased: ['sent', 'waiting', 'failed', 'cancelled', 'parked'],
  sent: ['delivered', 'bounced'],
  delivered: [],
  bounced: [],
  // Only by an operator's word (retry-message.ts).
  failed: ['waiting'],
  cancelled: [],
  parked: ['waiting'],
}

/** Whether a message in one state may come to be in the other. */
export const canMove = (from: MessageState, to: MessageState): boolean => arrows[from].includes(to)

/** How many times a message is tried before it is given up. */
export const maxAttempts = 8
