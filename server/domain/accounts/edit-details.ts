import { and, eq } from 'drizzle-orm'
import { accounts } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Work } from '../../work.ts'

export interface OwnerDetails {
  readonly name: string
  readonly mailingAddress: string
  readonly barNumber: string
}

/** Keeps what the owner of a registered account says of themselves. Refuses `notFound` for an account that is none. */
export async function editDetails({ tx, now }: Work, accountId: number, { name, mailingAddress, barNumber }: OwnerDetails): Promise<void> {
  const edited = await tx.update(accounts)
    .set({ name: name.trim(), mailingAddress: mailingAddress.trim() || null, barNumber: barNumber.trim() || null, updatedAt: now })
    .where(and(eq(accounts.id, accountId), eq(accounts.kind, 'registered'))).returning({ id: accounts.id })
  if (edited.length === 0) throw new Refusal('notFound', 'Not found.')
}
