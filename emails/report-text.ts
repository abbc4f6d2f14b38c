import {
  andMore, caseIsClosed, livesOneDay, openReport, optionsChosen, reportHeading, stopAllCases, stopThisCase, whatIsTracked,
} from './_parts/phrases.ts'
import { plainLine } from './_parts/plain.ts'
import { footBlocks, linkBlock, stopBlock, textMail } from './_parts/text-blocks.ts'
import type { ReportCase, ReportProps } from './report.tsx'

/** F12: what `ReportEmail` says, in plain text. */
export function reportText(props: ReportProps): string {
  return textMail([
    props.serviceName,
    reportHeading,
    whatIsTracked(props.emailAddress, props.cases.length + props.more),
    ...props.cases.map(caseBlock),
    props.more > 0 ? andMore(props.more) : null,
    props.reportUrl === null ? null : `${linkBlock(openReport, props.reportUrl)}\n${livesOneDay}`,
    props.stopAllUrl === null || props.stopAllTextUrl === null
      ? null
      : stopBlock(stopAllCases, props.stopAllUrl, props.stopAllTextUrl),
    ...footBlocks(props),
  ])
}

function caseBlock(listed: ReportCase): string {
  return [
    linkBlock(`${plainLine(listed.caseNumber)}${listed.isClosed ? ' (Closed)' : ''}`, listed.caseAddress),
    plainLine(listed.caption),
    ...(listed.remark === null ? [] : [plainLine(listed.remark)]),
    ...(listed.isClosed ? [caseIsClosed] : []),
    ...(listed.textState === null ? [] : [plainLine(listed.textState)]),
    optionsChosen(listed.options),
    stopBlock(stopThisCase, listed.stopUrl, listed.stopTextUrl),
  ].join('\n')
}
