import { caseNumberKey } from '../../contract/case-number.ts'
import { caseKey, findZone, type CaseFacts, type Intake } from './intake.ts'
import { shown, type Outcome } from './outcome.ts'

const maxCourtsNamed = 10
const sendItFirst = 'send the case first or in the same body.'

/**
 * The case that a record names by number and court, or why there is none. Without a court the number must be one case's
 * alone; a court that nobody knows is rejected at once, since no later record of a body can bring it.
 */
export async function seekCase(intake: Intake, number: string, court: string | null): Promise<CaseFacts | Outcome> {
  return court === null ? seekAnywhere(intake, number) : seekInCourt(intake, number, court)
}

async function seekInCourt(intake: Intake, number: string, court: string): Promise<CaseFacts | Outcome> {
  const key = caseKey(court, number)
  const remembered = intake.cases.get(key)
  if (remembered) return remembered
  const [found] = await intake.queries.caseInCourt().execute({ court, number })
  if (found) {
    intake.cases.set(key, found)
    return found
  }
  if (await findZone(intake, court) === null) {
    return { kind: 'rejected', reason: `No court ${shown(court)} is known here. A list of courts shows the codes.` }
  }
  return { kind: 'caseUnknown', reason: `No case ${shown(number)} in court ${shown(court)} is known here: ${sendItFirst}` }
}

async function seekAnywhere({ queries }: Intake, number: string): Promise<CaseFacts | Outcome> {
  const found = await queries.casesOfNumber().execute({ numberKey: caseNumberKey(number), number })
  const [only] = found
  if (!only) return { kind: 'caseUnknown', reason: `No case ${shown(number)} is known here: ${sendItFirst}` }
  if (found.length === 1) return only
  const named = found.slice(0, maxCourtsNamed).map((one) => shown(one.court)).join(', ')
  const more = found.length > maxCourtsNamed ? ` and ${found.length - maxCourtsNamed} more` : ''
  return { kind: 'rejected', reason: `Several courts have a case ${shown(number)}: ${named}${more}. Name its court.` }
}
