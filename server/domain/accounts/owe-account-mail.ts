import { takeVisitorMail } from '../limits/take-visitor-mail.ts'
import type { AccountContent } from '../outbox/message-content.ts'
import { messageFrame, type Site } from '../outbox/message-frame.ts'
import { putMessage } from '../outbox/put-message.ts'
import type { Subscriber } from '../tracking/put-subscriber.ts'
import type { Work } from '../../work.ts'

/** What somebody's request causes. */
type AskedFor = Exclude<AccountContent['what'], 'eveningWaits'>

const subjects: Readonly<Record<AskedFor, string>> = {
  register: 'Confirm your account',
  alreadyRegistered: 'You have an account already',
  resetPassword: 'Choose a new password',
  notRegistered: 'There is no account with this address',
  changeAddress: 'Confirm the new address of your account',
  mend: 'Let your notices come again',
  addressChanging: 'The address of your account is to be changed',
}

export interface AccountMail {
  readonly what: AskedFor
  /** The request that caused it; part of what names the message. */
  readonly requestId: number
  /** For `addressChanging`: the address that the account is to have. */
  readonly newAddress?: string
}

/** Owes an address one e-mail about an account, within the limits of H1; over them nothing. */
export async function oweAccountMail(work: Work, site: Site, subscriber: Subscriber, { what, requestId, newAddress }: AccountMail): Promise<void> {
  if (!await takeVisitorMail(work, subscriber, site.profile)) return
  await putMessage(work, {
    dedupeKey: `account/${what}/${requestId}`,
    kind: 'account',
    subscriberId: subscriber.id,
    content: {
      ...messageFrame(site, subjects[what]), kind: 'account', what, emailAddress: subscriber.email, requestId, newAddress: newAddress ?? null,
    },
  })
}
