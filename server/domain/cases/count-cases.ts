import { sql } from 'drizzle-orm'
import { cases } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/** How many cases there are, counted up to `most`. */
export async function countCases({ tx }: Reading, most: number): Promise<number> {
  return (await tx.select({ one: sql<number>`1` }).from(cases).limit(most)).length
}
