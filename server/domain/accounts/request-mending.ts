import { eq } from 'drizzle-orm'
import { subscribers } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import type { Site } from '../outbox/message-frame.ts'
import type { Account } from './find-account.ts'
import { oweAccountMail } from './owe-account-mail.ts'
import { putAccountRequest } from './request-account.ts'

/**
 * G4: an account whose address took no mail asks for an e-mail to that very address, within the limits of H1; its link confirms the
 * address as a new one would be confirmed, and so ends the pause.
 */
export async function requestMending(work: Work, site: Site, { id, subscriberId }: Pick<Account, 'id' | 'subscriberId'>): Promise<void> {
  const [subscriber] = await work.tx.select().from(subscribers).where(eq(subscribers.id, subscriberId))
  if (!subscriber) throw new Error('An account has no subscriber.')
  const requestId = await putAccountRequest(work, { kind: 'changeAddress', subscriberId, accountId: id })
  await oweAccountMail(work, site, subscriber, { what: 'mend', requestId })
}
