import { eq, sql } from 'drizzle-orm'
import { phones } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'

export type Phone = typeof phones.$inferSelect

/** The phone of a number, `+1…`, made where there is none: one row a number, whoever names it. */
export async function putPhone({ tx, now }: Work, number: string): Promise<Phone> {
  const [phone] = await tx.insert(phones).values({ number, createdAt: now })
    .onConflictDoUpdate({ target: phones.number, set: { number: sql`excluded.number` } })
    .returning()
  if (!phone) throw new Error('A phone could not be stored.')
  return phone
}

/** The same without a write where it is there, as it is for every request that named it. */
export async function phoneOf(work: Work, number: string): Promise<Phone> {
  const [known] = await work.tx.select().from(phones).where(eq(phones.number, number))
  return known ?? putPhone(work, number)
}
