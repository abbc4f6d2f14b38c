import {
  andMore, confirmAll, confirmHeading, confirmOne, lookInSpam, mayIgnore, sevenDays, stopThisCase, whoAsked,
} from './_parts/phrases.ts'
import { plainLine } from './_parts/plain.ts'
import { footBlocks, linkBlock, stopBlock, textMail } from './_parts/text-blocks.ts'
import type { VerificationProps } from './verification.tsx'

/** F12: what `VerificationEmail` says, in plain text. */
export function verificationText(props: VerificationProps): string {
  const count = props.requests.length + props.more
  return textMail([
    props.serviceName,
    confirmHeading(props.requests[0]?.caseNumber ?? '', count),
    whoAsked(props.emailAddress, count),
    props.confirmAllUrl === null ? null : linkBlock(confirmAll, props.confirmAllUrl),
    ...props.requests.map(request =>
      [
        linkBlock(`Case ${plainLine(request.caseNumber)}`, request.caseAddress),
        linkBlock(confirmOne(request.caseNumber), request.confirmUrl),
        stopBlock(stopThisCase, request.stopUrl, request.stopTextUrl),
      ].join('\n'),
    ),
    props.more > 0 ? andMore(props.more) : null,
    `${sevenDays(count)} ${mayIgnore}`,
    lookInSpam(props.senderAddress),
    ...footBlocks(props),
  ])
}
