import { caseBlocks } from './_parts/case-blocks.ts'
import { moreCases, stopAllCases, stopListed, stopThisCase, updatesIn } from './_parts/phrases.ts'
import { plainLine } from './_parts/plain.ts'
import { footBlocks, linkBlock, stopBlock, textMail } from './_parts/text-blocks.ts'
import type { DigestProps } from './digest.tsx'

/** F12: what `DigestEmail` says, in plain text. */
export function digestText(props: DigestProps): string {
  const { cases, more } = props
  return textMail([
    props.serviceName,
    updatesIn(cases.length + more),
    ...cases.flatMap(one => [
      '----------',
      plainLine(one.heading),
      ...caseBlocks(one),
      stopBlock(stopThisCase, one.stopUrl, one.stopTextUrl),
    ]),
    '----------',
    more > 0 ? linkBlock(moreCases(more), props.myCasesUrl) : null,
    linkBlock(stopListed, props.stopListedUrl),
    stopBlock(stopAllCases, props.stopAllUrl, props.stopAllTextUrl),
    ...footBlocks(props),
  ])
}
