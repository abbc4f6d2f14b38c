import { and, eq, inArray } from 'drizzle-orm'
import { courts, subscriptions } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { CaseLine, CaseLineView, NamedCaseView } from '../../contract/several-view.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import type { PublicCase } from '../cases/public-cases-named.ts'
import { publicCasesOfNames } from '../cases/public-cases-of-names.ts'
import { courtView } from '../cases/summarise-cases.ts'
import { whyUntrackable } from '../cases/why-untrackable.ts'
import { verifiedStates } from './email-verified.ts'

/** What a line means, and the case that it means alone and first and that can be tracked. */
export interface ReadLine {
  readonly view: CaseLineView
  readonly caseId: number | null
}

/**
 * What each line of a list means for a subscriber (G6), in a few looks at the database: a case that can be tracked, or why not.
 * A number may be written in any way (A1), a court by its code or its name.
 */
export async function readCaseLines(
  reading: Reading, profile: CourtProfile, subscriberId: number, lines: readonly CaseLine[],
): Promise<ReadLine[]> {
  const codes = await codesOfCourts(reading)
  const courtOf = ({ court }: CaseLine): string | undefined => (court === null ? undefined : codes.get(folded(court)))
  const named = await publicCasesOfNames(reading, lines.map((line) => ({ number: line.number, court: courtOf(line) })))
  const firstLines = new Map<number, number>()
  const read = lines.map((line, at): ReadLine => {
    if (line.court !== null && courtOf(line) === undefined) return { view: { kind: 'courtUnknown' }, caseId: null }
    const { found, needsCourt } = named[at] ?? { found: [], needsCourt: false }
    const [one, another] = found
    if (!one) return { view: { kind: 'notFound' }, caseId: null }
    if (another) return { view: { kind: 'severalCourts', courts: found.map(({ court }) => courtView(court)) }, caseId: null }
    const why = whyUntrackable(profile, one.court, one.case.caseType)
    if (why) return { view: { kind: 'untrackable', case: viewOf(one, needsCourt), sentence: why.sentence }, caseId: null }
    const earlier = firstLines.get(one.case.id)
    if (earlier !== undefined) return { view: { kind: 'repeated', line: earlier }, caseId: null }
    firstLines.set(one.case.id, at + 1)
    return { view: { kind: 'case', case: viewOf(one, needsCourt), isTracked: false }, caseId: one.case.id }
  })
  const tracked = await trackedAmong(reading, subscriberId, [...firstLines.keys()])
  return read.map(({ view, caseId }) =>
    ({ caseId, view: view.kind === 'case' && caseId !== null ? { ...view, isTracked: tracked.has(caseId) } : view }))
}

const folded = (text: string): string => text.trim().toLowerCase()

async function codesOfCourts({ tx }: Reading): Promise<Map<string, string>> {
  const rows = await tx.select({ code: courts.code, name: courts.name, shortName: courts.shortName }).from(courts)
  // A code means its court, whatever another is called.
  return new Map([...rows.flatMap(({ code, name, shortName }) => [[folded(name), code], [folded(shortName), code]] as const), ...rows.map(({ code }) => [folded(code), code] as const)])
}

function viewOf({ case: { number, caption }, court }: PublicCase, needsCourt: boolean): NamedCaseView {
  return { number: displayText(number), court: courtView(court), caption: displayText(caption), needsCourt }
}

async function trackedAmong({ tx }: Reading, subscriberId: number, caseIds: readonly number[]): Promise<Set<number>> {
  const rows = caseIds.length === 0 ? [] : await tx.select({ caseId: subscriptions.caseId }).from(subscriptions)
    .where(and(eq(subscriptions.subscriberId, subscriberId), inArray(subscriptions.caseId, [...caseIds]), inArray(subscriptions.emailState, [...verifiedStates])))
  return new Set(rows.map(({ caseId }) => caseId))
}
