import { andMore, lookInSpam, mayIgnore, sevenDays, stopThisCase } from './_parts/phrases.ts'
import { plainLine } from './_parts/plain.ts'
import { footBlocks, linkBlock, stopBlock, textMail } from './_parts/text-blocks.ts'
import { askedOf, confirmAllOf, confirmOf, headingOf, newOptionsOf } from './_parts/waiting-phrases.ts'
import type { VerificationProps } from './verification.tsx'

/** F12: what `VerificationEmail` says, in plain text. */
export function verificationText(props: VerificationProps): string {
  const count = props.requests.length + props.more
  return textMail([
    props.serviceName,
    headingOf(props),
    askedOf(props),
    props.confirmAllUrl === null ? null : linkBlock(confirmAllOf(props), props.confirmAllUrl),
    ...props.requests.map(request =>
      [
        linkBlock(`Case ${plainLine(request.caseNumber)}`, request.caseAddress),
        newOptionsOf(request),
        linkBlock(confirmOf(request), request.confirmUrl),
        stopBlock(stopThisCase, request.stopUrl, request.stopTextUrl),
      ].filter(line => line !== null).join('\n'),
    ),
    props.more > 0 ? andMore(props.more) : null,
    `${sevenDays(count)} ${mayIgnore}`,
    lookInSpam(props.senderAddress),
    ...footBlocks(props),
  ])
}
