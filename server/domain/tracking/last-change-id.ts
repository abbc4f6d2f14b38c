import { max } from 'drizzle-orm'
import { docketChanges } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/** The newest docket change: what is activated now hears of later ones (F4). 0 while there is none. */
export async function lastChangeId({ tx }: Reading): Promise<number> {
  const [last] = await tx.select({ id: max(docketChanges.id) }).from(docketChanges)
  return last?.id ?? 0
}
