import { and, asc, eq, sql } from 'drizzle-orm'
import { cases, formerCaseNumbers } from '../../../db/schema.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import { prepareOnce } from '../../../db/prepare-once.ts'
import { caseKey, findZone, type CaseFacts, type Intake } from './intake.ts'
import { shown, type Outcome } from './outcome.ts'

const maxCourtsNamed = 10
const sendItFirst = 'send the case first or in the same body.'

/**
 * The case that a record names by number and court, be it by a number that it had before (A9), or why there is none.
 * Without a court the number must be one case's alone; a court that nobody knows is rejected at once, since no later record
 * of a body can bring it.
 */
export async function seekCase(intake: Intake, number: string, court: string | null): Promise<CaseFacts | Outcome> {
  return court === null ? seekAnywhere(intake, number) : seekInCourt(intake, number, court)
}

/** The one case of a court, or where that is null of any, whose number this is now. */
export async function findBearer({ queries }: Intake, number: string, court: string | null): Promise<CaseFacts | undefined> {
  const found = court === null
    ? await queries.casesOfNumber.execute({ numberKey: caseNumberKey(number), number })
    : await queries.caseInCourt.execute({ court, number })
  return found.length === 1 ? found[0] : undefined
}

async function seekInCourt(intake: Intake, number: string, court: string): Promise<CaseFacts | Outcome> {
  const key = caseKey(court, number)
  const remembered = intake.cases.get(key)
  if (remembered) return remembered
  const found = await findBearer(intake, number, court) ?? (await formerBearersInCourt(intake.tx, null).execute({ court, number }))[0]
  if (found) {
    intake.cases.set(key, found)
    return found
  }
  if (await findZone(intake, court) === null) {
    return { kind: 'rejected', reason: `No court ${shown(court)} is known here. A list of courts shows the codes.` }
  }
  return { kind: 'caseUnknown', reason: `No case ${shown(number)} in court ${shown(court)} is known here: ${sendItFirst}` }
}

async function seekAnywhere({ queries, tx }: Intake, number: string): Promise<CaseFacts | Outcome> {
  const named = { numberKey: caseNumberKey(number), number }
  const bearers = await queries.casesOfNumber.execute(named)
  const found = bearers.length > 0 ? bearers : await formerBearers(tx, null).execute(named)
  const [only] = found
  if (!only) return { kind: 'caseUnknown', reason: `No case ${shown(number)} is known here: ${sendItFirst}` }
  if (found.length === 1) return only
  const courts = found.slice(0, maxCourtsNamed).map((one) => shown(one.court)).join(', ')
  const more = found.length > maxCourtsNamed ? ` and ${found.length - maxCourtsNamed} more` : ''
  return { kind: 'rejected', reason: `Several courts have a case ${shown(number)}: ${courts}${more}. Name its court.` }
}

const facts = { id: cases.id, court: cases.court, security: cases.security }
const slot = (name: string) => sql.placeholder(name)

const formerBearersInCourt = prepareOnce((tx) => tx.select(facts).from(formerCaseNumbers)
  .innerJoin(cases, eq(cases.id, formerCaseNumbers.caseId))
  .where(and(eq(formerCaseNumbers.court, slot('court')), eq(formerCaseNumbers.number, slot('number'))))
  .prepare())

const formerBearers = prepareOnce((tx) => tx.select(facts).from(formerCaseNumbers)
  .innerJoin(cases, eq(cases.id, formerCaseNumbers.caseId))
  .where(and(eq(formerCaseNumbers.numberKey, slot('numberKey')), eq(formerCaseNumbers.number, slot('number'))))
  .orderBy(asc(formerCaseNumbers.court))
  .prepare())
