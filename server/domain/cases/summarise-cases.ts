import { aliasedTable, and, eq, exists, inArray, ne, sql } from 'drizzle-orm'
import { cases, courts, parties } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { CaseSummary, CourtView } from '../../contract/views.ts'
import { caseTypeName } from '../../profile/look-up.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { prepareOnce } from '../../../db/prepare-once.ts'

// Queries over lists have a text for each length: these always have one length, and the free places hold no case's id.
const atOnce = 20
const places = Array.from({ length: atOnce }, (_, at) => at)
const listOf = (name: string) => places.map((at) => sql.placeholder(`${name}${at}`))
const filled = (name: string, numbers: readonly number[]): Record<string, number> =>
  Object.fromEntries(places.map((at) => [`${name}${at}`, numbers[at] ?? -1]))

const summaries = prepareOnce((tx) => {
  const other = aliasedTable(cases, 'other')
  const sharesNumber = exists(tx.select({ id: other.id }).from(other)
    .where(and(eq(other.numberKey, cases.numberKey), ne(other.id, cases.id), eq(other.security, 'public'))))
  return tx.select({
    id: cases.id, number: cases.number, caption: cases.caption, caseType: cases.caseType, filedOn: cases.filedOn, status: cases.status,
    needsCourt: sql<boolean>`${sharesNumber}`.mapWith(Boolean),
    court: { code: courts.code, name: courts.name, shortName: courts.shortName, timeZone: courts.timeZone },
  }).from(cases).innerJoin(courts, eq(courts.code, cases.court))
    .where(and(inArray(cases.id, listOf('id')), eq(cases.security, 'public')))
    .prepare()
})

const names = prepareOnce((tx) => tx.select({ caseId: parties.caseId, ordinal: parties.ordinal, name: parties.name }).from(parties)
  .where(and(inArray(parties.caseId, listOf('id')), inArray(parties.ordinal, listOf('ordinal'))))
  .prepare())

/** What pages show of a court. Its code, by which addresses name it, stays as it is. */
export const courtView = ({ code, name, shortName, timeZone }: CourtView): CourtView =>
  ({ code, name: displayText(name), shortName: displayText(shortName), timeZone })

/**
 * The public cases of these ids as lists show them, in this order (A6). Where `ordinal` names a party, `matchedName` is its
 * name.
 */
export async function summariseCases(
  reading: Reading, profile: CourtProfile, wanted: readonly { readonly id: number; readonly ordinal: number }[],
): Promise<CaseSummary[]> {
  const listed: CaseSummary[] = []
  for (let start = 0; start < wanted.length; start += atOnce) {
    listed.push(...await summariseSome(reading, profile, wanted.slice(start, start + atOnce)))
  }
  return listed
}

async function summariseSome(
  { tx }: Reading, profile: CourtProfile, wanted: readonly { readonly id: number; readonly ordinal: number }[],
): Promise<CaseSummary[]> {
  const ids = filled('id', wanted.map(({ id }) => id))
  const rows = new Map((await summaries(tx, null).execute(ids)).map((row) => [row.id, row]))
  const named = wanted.some(({ ordinal }) => ordinal > 0)
    ? await names(tx, null).execute({ ...ids, ...filled('ordinal', wanted.map(({ ordinal }) => ordinal)) })
    : []
  return wanted.flatMap(({ id, ordinal }) => {
    const row = rows.get(id)
    if (!row) return []
    const { number, court, caption, caseType, filedOn, status, needsCourt } = row
    const matchedName = named.find((name) => name.caseId === id && name.ordinal === ordinal)?.name ?? null
    return [{
      number: displayText(number),
      court: courtView(court),
      caption: displayText(caption),
      caseType: displayText(caseType),
      caseTypeName: displayText(caseTypeName(profile, caseType)),
      filedOn,
      status,
      matchedName: displayText(matchedName),
      needsCourt,
    }]
  })
}
