import { mailboxMessages } from '../../../db/schema.ts'
import type { Channel } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'

/** One e-mail or text that the local mailbox receives. */
export interface IncomingMail {
  /** Default `email`. A text has neither subject nor HTML, and goes to a phone number. */
  readonly channel?: Channel
  /** The same in every try of one message. */
  readonly messageKey: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
  readonly attachments?: readonly { readonly filename: string; readonly contentType: string; readonly content: string }[]
}

/** Keeps messages in the local mailbox; one that is there already stays as it was. */
export async function putMail({ tx, now }: Work, mails: readonly IncomingMail[]): Promise<void> {
  for (let at = 0; at < mails.length; at += mailsAtOnce) {
    await tx.insert(mailboxMessages).values(mails.slice(at, at + mailsAtOnce).map((mail) => ({
      channel: mail.channel ?? 'email',
      messageKey: mail.messageKey,
      sender: mail.from,
      recipient: mail.to,
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      headers: mail.headers,
      attachments: mail.attachments && mail.attachments.length > 0 ? mail.attachments : null,
      arrivedAt: now,
    }))).onConflictDoNothing({ target: mailboxMessages.messageKey })
  }
}

const mailsAtOnce = 100
