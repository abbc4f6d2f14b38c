import type { EntryProps } from './_parts/entry.tsx'
import { andMore, captionBeside, filedOn, lastActivityOn, seeDocket, stopAllCases, stopThisCase } from './_parts/phrases.ts'
import { plain, plainLine } from './_parts/plain.ts'
import { footBlocks, linkBlock, setIn, stopBlock, textMail } from './_parts/text-blocks.ts'
import type { NoticeProps } from './notice.tsx'

/** F12: what `NoticeEmail` says, in plain text. Each address of ours is alone on its line, so it can be put in afterwards. */
export function noticeText(props: NoticeProps): string {
  return textMail([
    props.serviceName,
    plainLine(props.heading),
    captionBeside(props.heading, props.caption),
    linkBlock(`${plainLine(props.caseNumber)}, ${plainLine(props.courtName)}`, props.caseAddress),
    ...props.leads.map(plainLine),
    ...props.entries.map(entryBlock),
    props.more > 0 ? linkBlock(andMore(props.more), props.caseAddress) : null,
    linkBlock(seeDocket, props.caseAddress),
    stopBlock(stopThisCase, props.stopUrl, props.stopTextUrl),
    stopBlock(stopAllCases, props.stopAllUrl, props.stopAllTextUrl),
    ...footBlocks(props),
  ])
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
