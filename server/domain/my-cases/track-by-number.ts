import { displayText } from '../../contract/display-text.ts'
import { myCasesErrors } from '../../contract/my-cases-view.ts'
import { Refusal } from '../../contract/refusals.ts'
import { lineText, type CaseLine } from '../../contract/several-view.ts'
import { nowTracking } from '../../contract/wording.ts'
import type { Workplace } from '../../work.ts'
import type { Manner } from '../consent/put-consents.ts'
import type { Site } from '../outbox/message-frame.ts'
import { readCaseLines } from '../tracking/read-case-lines.ts'
import { trackSeveral } from '../tracking/track-several.ts'
import type { TrackingAccount } from '../tracking/track-many-as-account.ts'

const noOptions = { eventTenDays: false, eventTwoDays: false, paymentTwoDays: false }

/**
 * G2: tracks the case of this number at once, and answers what to say. What is tracked already keeps its options. Refuses at the field
 * `number` what names no public case, or more than one; a case that cannot be tracked with its sentence (A5); and as `trackSeveral`.
 */
export async function trackByNumber(
  workplace: Pick<Workplace, 'reading' | 'inOneTransaction'>, site: Site, account: TrackingAccount, line: CaseLine, manner: Manner = {},
): Promise<string> {
  const refuse = (sentence: string): never => {
    throw new Refusal('inputInvalid', sentence, { number: sentence })
  }
  if (line.number.trim() === '') refuse(myCasesErrors.numberMissing)
  const [read] = await readCaseLines(workplace.reading(), site.profile, account.subscriberId, [line])
  if (read?.view.kind === 'untrackable') refuse(read.view.sentence)
  if (read?.view.kind === 'courtUnknown') refuse(myCasesErrors.courtUnknown)
  if (read?.view.kind === 'severalCourts') {
    refuse(`Several courts have this number. Name the court after a comma, as in ${read.view.courts.map(({ code }) => displayText(lineText({ number: line.number, court: code }))).join(' or ')}.`)
  }
  if (read?.view.kind !== 'case') refuse(myCasesErrors.notFound)
  await trackSeveral(workplace, site, account, { lines: [line], options: noOptions }, manner)
  return nowTracking
}
