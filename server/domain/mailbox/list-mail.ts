import { and, desc, eq, lt } from 'drizzle-orm'
import { mailboxMessages } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/** One line of the local mailbox. */
export interface MailLine {
  readonly id: number
  readonly recipient: string
  readonly subject: string
  readonly arrivedAt: Date
}

export interface MailFilter {
  /** The address exactly as the mail bears it. */
  readonly recipient?: string
  /** Only those with a smaller id: the next page. */
  readonly before?: number
  readonly limit: number
}

/** What the local mailbox received, the newest first. */
export async function listMail({ tx }: Reading, { recipient, before, limit }: MailFilter): Promise<MailLine[]> {
  return tx.select({
    id: mailboxMessages.id,
    recipient: mailboxMessages.recipient,
    subject: mailboxMessages.subject,
    arrivedAt: mailboxMessages.arrivedAt,
  }).from(mailboxMessages)
    .where(and(
      recipient === undefined ? undefined : eq(mailboxMessages.recipient, recipient),
      before === undefined ? undefined : lt(mailboxMessages.id, before),
    ))
    .orderBy(desc(mailboxMessages.id))
    .limit(limit)
}
