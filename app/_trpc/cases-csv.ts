import { stringify } from 'csv-stringify/sync'
import { dayOf, formatTime } from '../../server/contract/court-time.ts'
import type { MyCaseView } from '../../server/contract/my-cases-view.ts'
import { chosenOptions, entryChoiceLabels, textNoticesSaid } from '../../server/contract/wording.ts'

const columns = [
  'Case number', 'Court', 'Court code', 'Caption', 'Case type', 'Status', 'Last activity', 'Next event', 'Next event kind', 'E-mail', 'Text notices',
  'Notices', 'Entries', 'Note', 'Address',
] as const

/** A file of cases for a spreadsheet, in the courts' own times. No cell of it is read as a formula (H3). */
export function casesCsv(cases: readonly MyCaseView[], origin: string): string {
  const rows = cases.map((one) => {
    const { timeZone } = one.court
    const at = (instant: Date | undefined | null): string => (instant ? `${dayOf(instant, timeZone)} ${formatTime(instant, timeZone)}` : '')
    return [
      one.number, one.court.name, one.court.code, one.caption, one.caseTypeName, one.status, at(one.lastActivityAt), at(one.nextEvent?.startsAt),
      one.nextEvent?.kind ?? '', stateWords(one), one.texts === null ? '' : textNoticesSaid(one.texts, one.phoneEnding), chosenOptions(one.options).join('; '),
      entryChoiceLabels[one.entryChoice], one.note, `${origin}${one.address}`,
    ]
  })
  // With its mark of UTF-8, without which a spreadsheet takes accents for something else.
  return stringify([[...columns], ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' })
}

function stateWords({ state }: MyCaseView): string {
  if (state.kind !== 'paused') return state.kind
  return state.until === null ? 'paused' : `paused until ${state.until}`
}
