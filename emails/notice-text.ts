import { caseBlocks } from './_parts/case-blocks.ts'
import { seeDocket, stopAllCases, stopThisCase } from './_parts/phrases.ts'
import { plainLine } from './_parts/plain.ts'
import { footBlocks, linkBlock, stopBlock, textMail } from './_parts/text-blocks.ts'
import type { NoticeProps } from './notice.tsx'

/** F12: what `NoticeEmail` says, in plain text. Each address of ours is alone on its line, so it can be put in afterwards. */
export function noticeText(props: NoticeProps): string {
  return textMail([
    props.serviceName,
    plainLine(props.heading),
    ...caseBlocks(props),
    linkBlock(seeDocket, props.caseAddress),
    stopBlock(stopThisCase, props.stopUrl, props.stopTextUrl),
    stopBlock(stopAllCases, props.stopAllUrl, props.stopAllTextUrl),
    ...footBlocks(props),
  ])
}
