import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { mailboxMessages } from '../../../db/schema.ts'
import type { Channel } from '../../contract/vocabulary.ts'
import type { Reading } from '../../work.ts'

/** One line of the local mailbox. */
export interface MailLine {
  readonly id: number
  readonly channel: Channel
  /** An address, or for a text a phone number. */
  readonly recipient: string
  /** Empty for a text. */
  readonly subject: string
  /** All that a text says; null for an e-mail. */
  readonly said: string | null
  readonly arrivedAt: Date
}

export interface MailFilter {
  /** The address or number exactly as the message bears it. */
  readonly recipient?: string
  /** Only those with a smaller id: the next page. */
  readonly before?: number
  readonly limit: number
}

/** What the local mailbox received, the newest first. */
export async function listMail({ tx }: Reading, { recipient, before, limit }: MailFilter): Promise<MailLine[]> {
  return tx.select({
    id: mailboxMessages.id,
    channel: mailboxMessages.channel,
    recipient: mailboxMessages.recipient,
    subject: mailboxMessages.subject,
    said: sql<string | null>`case when ${mailboxMessages.channel} = 'text' then ${mailboxMessages.text} end`,
    arrivedAt: mailboxMessages.arrivedAt,
  }).from(mailboxMessages)
    .where(and(
      recipient === undefined ? undefined : eq(mailboxMessages.recipient, recipient),
      before === undefined ? undefined : lt(mailboxMessages.id, before),
    ))
    .orderBy(desc(mailboxMessages.id))
    .limit(limit)
}
