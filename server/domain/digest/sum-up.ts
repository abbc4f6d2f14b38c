import { formatDay } from '../../contract/court-time.ts'
import { missedSentence } from './missed-words.ts'
import type { NoticeContent, ToldFact } from '../outbox/message-content.ts'

/** How a notice of the evening of `day` begins, from what it tells of its case (F9, F11, E7, I3). */
export function sumUp(caseNumber: string, day: string, told: readonly ToldFact[], isNeutral: boolean): Pick<NoticeContent, 'subject' | 'heading' | 'leads'> {
  if (isNeutral) {
    const update = `Update on case ${caseNumber}`
    return { subject: update, heading: update, leads: ['There is something new in this case. The case page shows it.'] }
  }
  const happened = summary(told)
  const [only] = told
  const alone = told.length === 1 && only && 'alone' in only ? only.alone : happened
  return {
    subject: `Case ${caseNumber}: ${alone}`,
    heading: told.every((fact) => !('alone' in fact))
      ? `${happened.charAt(0).toUpperCase()}${happened.slice(1)} in case ${caseNumber}`
      : `Case ${caseNumber}: ${happened}`,
    leads: [
      ...missedSentence(told),
      ...told.flatMap((fact) => (fact.mark === 'NextHearing' ? [fact.sentence] : [])),
      ...daysCovered(day, told.filter((fact) => fact.mark !== 'Missed')),
      ...(isReopened(told) ? ['The court has opened this case again.'] : []),
    ],
  }
}

const isReopened = (told: readonly ToldFact[]): boolean => told.some((fact) => fact.mark === 'Reopened')

/** `2 new entries, 1 corrected entry, hearing moved, case reopened`. */
function summary(told: readonly ToldFact[]): string {
  const counted = (mark: ToldFact['mark'], word: string): string[] => {
    const count = told.filter((fact) => fact.mark === mark).length
    return count === 0 ? [] : [`${count} ${word} ${count === 1 ? 'entry' : 'entries'}`]
  }
  const alike = [...Map.groupBy(told.filter((fact) => 'words' in fact), (fact) => fact.words).values()]
  return [
    ...counted('New', 'new'), ...counted('Corrected', 'corrected'), ...counted('Voided', 'voided'),
    ...alike.flatMap(([first, ...others]) => (!first ? [] : others.length === 0 ? [first.words] : [`${others.length + 1} ${first.manyWords}`])),
    ...(isReopened(told) ? ['case reopened'] : []),
    ...counted('Missed', 'missed'),
  ].join(', ')
}

function daysCovered(day: string, told: readonly ToldFact[]): string[] {
  const days = told.flatMap((fact) => fact.days).sort()
  const [first] = days
  const last = days.at(-1)
  if (first === undefined || last === undefined || first >= day) return []
  return [first === last ? `This covers what was entered on ${formatDay(first)}.` : `This covers what was entered from ${formatDay(first)} to ${formatDay(last)}.`]
}
