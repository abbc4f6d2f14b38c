import { and, asc, eq, gte, sql } from 'drizzle-orm'
import { cases, docketEntries, parties, scheduledEvents, scheduledPayments } from '../../../db/schema.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import { displayText } from '../../contract/display-text.ts'
import type { CaseAnswer, CaseView } from '../../contract/views.ts'
import { caseTypeName } from '../../profile/look-up.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { listNewestEntries } from './list-docket.ts'
import { eventView } from './list-events.ts'
import { prepareOnce } from '../../../db/prepare-once.ts'
import { publicCasesNamed, type CaseName, type PublicCase } from './public-cases-named.ts'
import { courtView, summariseCases } from './summarise-cases.ts'
import { whyUntrackable } from './why-untrackable.ts'

const caseId = sql.placeholder('caseId')

const counts = prepareOnce((tx) => tx.select({
  entries: tx.$count(docketEntries, and(eq(docketEntries.caseId, caseId), eq(docketEntries.security, 'public'))),
  parties: tx.$count(parties, eq(parties.caseId, caseId)),
  events: tx.$count(scheduledEvents, and(eq(scheduledEvents.caseId, caseId), eq(scheduledEvents.security, 'public'))),
  payments: tx.$count(scheduledPayments, eq(scheduledPayments.caseId, caseId)),
}).from(cases).where(eq(cases.id, caseId)).prepare())

const eventsFrom = prepareOnce((tx) => tx.select().from(scheduledEvents)
  .where(and(
    eq(scheduledEvents.caseId, caseId),
    gte(scheduledEvents.startsAt, sql.param(sql.placeholder('now'), scheduledEvents.startsAt)),
    eq(scheduledEvents.status, 'scheduled'),
    eq(scheduledEvents.security, 'public'),
  ))
  .orderBy(asc(scheduledEvents.startsAt), asc(scheduledEvents.id))
  .limit(1)
  .prepare())

/**
 * The public case of that name as its page shows it, with as many of its `newest` public entries as are asked for; or the choice
 * where several courts have the number and none was named (A3). Undefined, and nothing else, for a case that does not exist and
 * for a confidential one (A6).
 */
export async function findCase(
  reading: Reading, profile: CourtProfile, { newest = 0, ...name }: CaseName & { readonly newest?: number | undefined },
): Promise<CaseAnswer | undefined> {
  const { found, needsCourt } = await publicCasesNamed(reading, name)
  const [one, another] = found
  if (!one) return undefined
  if (!another) {
    const newestEntries = await listNewestEntries(reading, profile, { caseId: one.case.id, most: newest })
    return { kind: 'case', case: await viewOf(reading, profile, one, needsCourt), newestEntries }
  }
  const summaries = await summariseCases(reading, profile, found.map(({ case: { id } }) => ({ id, ordinal: 0 })))
  // Cases that all had it once have numbers of their own now.
  const isTheirs = found.every((other) => other.case.numberKey === caseNumberKey(name.number))
  return { kind: 'choice', number: displayText(isTheirs ? one.case.number : name.number.trim()), cases: summaries }
}

async function viewOf({ tx, now }: Reading, profile: CourtProfile, { case: row, court }: PublicCase, needsCourt: boolean): Promise<CaseView> {
  const [counted] = await counts(tx, null).execute({ caseId: row.id })
  const [nextEvent] = await eventsFrom(tx, null).execute({ caseId: row.id, now })
  const { number, caption, caseType, filedOn, status, judge, lastActivityAt } = row
  return {
    number: displayText(number),
    court: courtView(court),
    caption: displayText(caption),
    caseType: displayText(caseType),
    caseTypeName: displayText(caseTypeName(profile, caseType)),
    filedOn,
    status,
    judge: displayText(judge),
    lastActivityAt,
    counts: counted ?? { entries: 0, parties: 0, events: 0, payments: 0 },
    nextEvent: nextEvent ? eventView(nextEvent) : null,
    untrackable: whyUntrackable(profile, court, caseType)?.sentence ?? null,
    needsCourt,
  }
}
