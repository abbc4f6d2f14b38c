import type { CaseToldProps } from './case-told.tsx'
import type { EntryProps } from './entry.tsx'
import type { HearingProps } from './hearing.tsx'
import type { PaymentProps } from './payment.tsx'
import { andMore, andMoreEntries, captionBeside, filedOn, lastActivityOn, planOf, yourNote } from './phrases.ts'
import { plain, plainLine } from './plain.ts'
import { linkBlock, setIn } from './text-blocks.ts'

/** What `CaseTold` says, in plain text. */
export function caseBlocks(props: CaseToldProps): readonly (string | null)[] {
  const { hearings = [], moreHearings = 0, payments = [], morePayments = 0, note = null } = props
  return [
    captionBeside(props.heading, props.caption),
    linkBlock(`${plainLine(props.caseNumber)}, ${plainLine(props.courtName)}`, props.caseAddress),
    note === null ? null : yourNote(note),
    ...props.leads.map(plainLine),
    ...hearings.map(hearingBlock),
    moreHearings > 0 ? linkBlock(andMore(moreHearings), props.caseAddress) : null,
    ...payments.map(paymentBlock),
    morePayments > 0 ? linkBlock(andMore(morePayments), props.caseAddress) : null,
    ...props.entries.map(entryBlock),
    props.more > 0 ? linkBlock(andMoreEntries(props.entries.length, props.more), props.caseAddress) : null,
  ]
}

function hearingBlock({ heading, when, kind, place, judge, was, calendarLabel, calendarAddress }: HearingProps): string {
  const lines = [kind, place, judge].filter(part => part !== null)
  return [heading, when, ...lines.map(line => setIn(plainLine(line))), ...was.map(plainLine), linkBlock(calendarLabel, calendarAddress)].join('\n')
}

function paymentBlock({ heading, person, plan, amountDue, pastDue }: PaymentProps): string {
  return [heading, setIn(plainLine(person)), setIn(planOf(plan)), amountDue, ...(pastDue === null ? [] : [pastDue])].join('\n')
}

function entryBlock(entry: EntryProps): string {
  const text = plain(entry.text)
  return [
    `${entry.mark}: ${plainLine(entry.title)}`,
    filedOn(entry.filed),
    ...(text === '' ? [] : [setIn(text)]),
    ...entry.changes.map(plainLine),
    lastActivityOn(entry.lastActivity),
  ].join('\n')
}
