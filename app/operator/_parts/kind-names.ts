import type { MessageKind, MessageState } from '../../../server/contract/vocabulary.ts'

/** What operators call the kinds of messages. */
export const kindNames: Readonly<Record<MessageKind, string>> = {
  notice: 'Notice', digest: 'Notice of several cases', candidates: 'New cases of a watch', verification: 'Verification e-mail', report: 'Tracking report',
  account: 'Account e-mail', text: 'Text notice', textVerification: 'Verification text', textAnswer: 'Answer by text',
}

/** What the states of a message are called, in the order in which it may go through them. */
export const stateNames: Readonly<Record<MessageState, string>> = {
  waiting: 'Waiting', leased: 'Leaving', sent: 'Sent', delivered: 'Delivered', bounced: 'Came back', failed: 'Failed', parked: 'Parked', cancelled: 'Cancelled',
}
