import { eq, lt, sql } from 'drizzle-orm'
import { rateLimits } from '../../../db/schema.ts'
import type { Reading, Work } from '../../work.ts'

export interface RateRow {
  readonly points: number
  readonly msBeforeNext: number
}

/** Adds points to a key, which counts anew when its time is over or `isAnew`. Forgets keys whose time is over. */
export async function addRatePoints(
  { tx, now }: Work, key: string, { points, lastsMs, isAnew }: { readonly points: number; readonly lastsMs: number; readonly isAnew: boolean },
): Promise<RateRow> {
  await tx.delete(rateLimits).where(isAnew ? eq(rateLimits.key, key) : lt(rateLimits.expiresAt, now))
  // What is taken back when its time is over lets no more through of the next time.
  const more = sql`${rateLimits.points} + ${points}`
  const [row] = await tx.insert(rateLimits).values({ key, points: Math.max(points, 0), expiresAt: new Date(now.getTime() + lastsMs) })
    .onConflictDoUpdate({ target: rateLimits.key, set: { points: sql`case when ${more} > 0 then ${more} else 0 end` } }).returning()
  if (!row) throw new Error('A try was not counted.')
  return rateRow(row, now)
}

export async function findRateRow({ tx, now }: Reading, key: string): Promise<RateRow | undefined> {
  const [row] = await tx.select().from(rateLimits).where(eq(rateLimits.key, key))
  return row && (row.expiresAt === null || row.expiresAt > now) ? rateRow(row, now) : undefined
}

export async function deleteRateRow({ tx }: Work, key: string): Promise<boolean> {
  return (await tx.delete(rateLimits).where(eq(rateLimits.key, key)).returning({ key: rateLimits.key })).length > 0
}

const rateRow = ({ points, expiresAt }: typeof rateLimits.$inferSelect, now: Date): RateRow =>
  ({ points, msBeforeNext: expiresAt === null ? -1 : Math.max(0, expiresAt.getTime() - now.getTime()) })
