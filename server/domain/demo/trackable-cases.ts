import { and, asc, eq, gt, inArray, notInArray } from 'drizzle-orm'
import { cases, courts } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import type { NamedCase } from './invent-todays-entry.ts'

const readAtOnce = 20_000

/** The ids of the first cases after one that can be tracked (A5), as many as are wanted; a million of them are 8 MB. */
export async function listTrackable(reading: Reading, profile: CourtProfile, { afterId, wanted }: { afterId: number; wanted: number }): Promise<Float64Array> {
  const excluded = profile.caseTypes.filter((one) => one.isExcluded).map((one) => one.code)
  const ids = new Float64Array(wanted)
  let count = 0
  for (let after = afterId; count < wanted;) {
    const some = await reading.tx.select({ id: cases.id }).from(cases)
      .innerJoin(courts, and(eq(courts.code, cases.court), eq(courts.isTakingPart, true)))
      .where(and(gt(cases.id, after), eq(cases.security, 'public'), notInArray(cases.caseType, excluded)))
      .orderBy(asc(cases.id)).limit(Math.min(readAtOnce, wanted - count))
    for (const { id } of some) ids[count++] = id
    const last = some.at(-1)
    if (!last) break
    after = last.id
  }
  return ids.subarray(0, count)
}

/** These cases by what a record calls them, in the order of the ids; one may be named more than once. */
export async function nameCases({ tx }: Reading, ids: readonly number[]): Promise<NamedCase[]> {
  const rows = await tx.select({ id: cases.id, number: cases.number, court: cases.court, caseType: cases.caseType }).from(cases)
    .where(inArray(cases.id, [...new Set(ids)]))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => {
    const named = byId.get(id)
    if (!named) throw new Error('A case to be told of is gone.')
    return named
  })
}
