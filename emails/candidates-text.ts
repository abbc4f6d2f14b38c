import { courtOf, notTracked, runSearch, sameName, searchHeading, seeSearches, stopsWatching, stopWatchingAll, stopWatchingThis } from './_parts/candidates-phrases.ts'
import { andMore } from './_parts/phrases.ts'
import { plainLine } from './_parts/plain.ts'
import { footBlocks, linkBlock, textMail } from './_parts/text-blocks.ts'
import type { CandidatesProps, NewCaseProps, WatchedSearchProps } from './candidates.tsx'

/** F12: what `CandidatesEmail` says, in plain text. */
export function candidatesText(props: CandidatesProps): string {
  return textMail([
    props.serviceName,
    plainLine(props.heading),
    notTracked,
    ...props.searches.flatMap(searchBlocks),
    sameName,
    props.stopAllUrl === null ? null : `${stopsWatching}\n${linkBlock(stopWatchingAll, props.stopAllUrl)}`,
    ...footBlocks(props),
  ])
}

const searchBlocks = ({ name, address, cases, more, stopUrl }: WatchedSearchProps): readonly (string | null)[] => [
  searchHeading(name),
  ...cases.map(caseBlock),
  more > 0 ? andMore(more) : null,
  `${linkBlock(name === '' ? seeSearches : runSearch, address)}\n${linkBlock(stopWatchingThis, stopUrl)}`,
]

function caseBlock({ caseNumber, caseAddress, caption, courtName, remark }: NewCaseProps): string {
  return [
    caption === '' ? null : plainLine(caption),
    linkBlock(plainLine(caseNumber), caseAddress),
    courtOf(courtName),
    remark === null ? null : plainLine(remark),
  ].filter(line => line !== null).join('\n')
}
