import { and, eq, sql } from 'drizzle-orm'
import { courtCounties, courts } from '../../../db/schema.ts'
import type { CaseSearch } from '../../contract/case-search.ts'
import type { Reading } from '../../work.ts'
import type { Filter } from './collect-matches.ts'

/** Leaves nothing out. */
export const anything: Filter = { courts: null, type: null, status: null, from: null, to: null }

/** What a search asks beside its words, its place as codes of courts; `anything` itself where it asks nothing. */
export async function filterOf(reading: Reading, { court, county, circuit, type, status, from, to }: CaseSearch): Promise<Filter> {
  const isAnything = [court, county, circuit, type, status, from, to].every((value) => value === null)
  if (isAnything) return anything
  const within = county === null && circuit === null ? court === null ? null : [court] : await courtsWithin(reading, { court, county, circuit })
  return { courts: within, type, status, from, to }
}

async function courtsWithin({ tx }: Reading, place: Pick<CaseSearch, 'court' | 'county' | 'circuit'>): Promise<string[]> {
  const rows = await tx.selectDistinct({ code: courts.code }).from(courts)
    .leftJoin(courtCounties, eq(courtCounties.court, courts.code))
    .where(and(
      place.court === null ? undefined : eq(courts.code, place.court),
      place.county === null ? undefined : eq(sql`lower(${courtCounties.county})`, place.county.toLowerCase()),
      place.circuit === null ? undefined : eq(courts.circuit, place.circuit),
    ))
    .orderBy(courts.code)
  return rows.map(({ code }) => code)
}
