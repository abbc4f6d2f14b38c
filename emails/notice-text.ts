import type { EntryProps } from './_parts/entry.tsx'
import type { HearingProps } from './_parts/hearing.tsx'
import type { PaymentProps } from './_parts/payment.tsx'
import { andMore, andMoreEntries, captionBeside, filedOn, lastActivityOn, planOf, seeDocket, stopAllCases, stopThisCase } from './_parts/phrases.ts'
import { plain, plainLine } from './_parts/plain.ts'
import { footBlocks, linkBlock, setIn, stopBlock, textMail } from './_parts/text-blocks.ts'
import type { NoticeProps } from './notice.tsx'

/** F12: what `NoticeEmail` says, in plain text. Each address of ours is alone on its line, so it can be put in afterwards. */
export function noticeText(props: NoticeProps): string {
  const { hearings = [], moreHearings = 0, payments = [], morePayments = 0 } = props
  return textMail([
    props.serviceName,
    plainLine(props.heading),
    captionBeside(props.heading, props.caption),
    linkBlock(`${plainLine(props.caseNumber)}, ${plainLine(props.courtName)}`, props.caseAddress),
    ...props.leads.map(plainLine),
    ...hearings.map(hearingBlock),
    moreHearings > 0 ? linkBlock(andMore(moreHearings), props.caseAddress) : null,
    ...payments.map(paymentBlock),
    morePayments > 0 ? linkBlock(andMore(morePayments), props.caseAddress) : null,
    ...props.entries.map(entryBlock),
    props.more > 0 ? linkBlock(andMoreEntries(props.entries.length, props.more), props.caseAddress) : null,
    linkBlock(seeDocket, props.caseAddress),
    stopBlock(stopThisCase, props.stopUrl, props.stopTextUrl),
    stopBlock(stopAllCases, props.stopAllUrl, props.stopAllTextUrl),
    ...footBlocks(props),
  ])
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
