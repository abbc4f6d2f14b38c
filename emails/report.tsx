import type { ReactElement } from 'react'
import { Heading, Hr } from 'react-email'
import { Action } from './_parts/action.tsx'
import { Frame } from './_parts/frame.tsx'
import type { FrameProps } from './_parts/frame.tsx'
import { body, colour, sans } from './_parts/palette.ts'
import {
  andMore, caseIsClosed, livesOneDay, openReport, optionsChosen, reportHeading, stopAllCases, stopThisCase, whatIsTracked,
} from './_parts/phrases.ts'
import { plainLine } from './_parts/plain.ts'
import { StopLinks } from './_parts/stop-links.tsx'
import { Tag } from './_parts/tag.tsx'
import { TextLink } from './_parts/text-link.tsx'

/** One tracked case of a report. */
export interface ReportCase {
  readonly caseNumber: string
  readonly caption: string
  readonly caseAddress: string
  readonly isClosed: boolean
  /** Why nothing comes, when its court no longer takes part (A5); null otherwise. */
  readonly remark: string | null
  /** `Text notices: on, to the phone ending in 0199`, for example; null where the court sends no texts. */
  readonly textState: string | null
  readonly options: readonly string[]
  readonly stopUrl: string
  readonly stopTextUrl: string
}

/** E8: what one address tracks, shown in the order given. The three addresses are null where nothing is tracked. */
export interface ReportProps extends FrameProps {
  readonly emailAddress: string
  readonly cases: readonly ReportCase[]
  /** F12: how many cases are not shown; 0 when all are. */
  readonly more: number
  readonly reportUrl: string | null
  readonly stopAllUrl: string | null
  readonly stopAllTextUrl: string | null
}

/** The tracking report as an e-mail. `reportText` says the same in plain text. */
export function ReportEmail(props: ReportProps): ReactElement {
  const tracked = whatIsTracked(props.emailAddress, props.cases.length + props.more)
  return (
    <Frame
      {...props}
      heading={reportHeading}
      substance={[tracked, props.cases.map(listed => listed.caseNumber).slice(0, 10).join(', ')]}
      footLead={
        props.stopAllUrl !== null && props.stopAllTextUrl !== null && (
          <StopLinks heading={stopAllCases} stopUrl={props.stopAllUrl} stopTextUrl={props.stopAllTextUrl} />
        )
      }
    >
      <p style={{ margin: '14px 0' }}>{tracked}</p>
      {props.cases.map((listed, index) => (
        <div key={index}>
          {index > 0 && <Hr style={{ margin: 0, borderTop: `1px solid ${colour.rule}` }} />}
          <ListedCase {...listed} />
        </div>
      ))}
      {props.more > 0 && <p style={{ margin: '0 0 14px' }}>{andMore(props.more)}</p>}
      {props.reportUrl !== null && (
        <>
          <p style={{ margin: '20px 0 8px' }}>
            <Action href={props.reportUrl} isFirst>{openReport}</Action>
          </p>
          <p style={{ margin: 0 }}>{livesOneDay}</p>
        </>
      )}
    </Frame>
  )
}

function ListedCase(listed: ReportCase): ReactElement {
  return (
    <>
      <Heading as="h2" style={{ ...body, margin: '14px 0 4px', fontFamily: sans, fontWeight: 'bold' }}>
        <TextLink href={listed.caseAddress}>{plainLine(listed.caseNumber)}</TextLink>
        {listed.isClosed && <> <Tag word="Closed" /></>}
      </Heading>
      <p style={{ margin: '0 0 8px' }}>
        {plainLine(listed.caption)}
        {[
          ...(listed.remark === null ? [] : [plainLine(listed.remark)]),
          ...(listed.isClosed ? [caseIsClosed] : []),
          ...(listed.textState === null ? [] : [plainLine(listed.textState)]),
          optionsChosen(listed.options),
        ].map((line, index) => (
          <span key={index}>
            <br />
            {line}
          </span>
        ))}
      </p>
      <StopLinks heading={stopThisCase} stopUrl={listed.stopUrl} stopTextUrl={listed.stopTextUrl} />
    </>
  )
}

ReportEmail.PreviewProps = {
  serviceName: 'Track This Case',
  origin: 'https://track.example.org',
  helpDesk: {
    name: 'Court Help Desk',
    email: 'help@courts.example.org',
    phone: '(555) 010-0134',
    hours: '8 a.m. to 4:30 p.m. Monday to Friday',
  },
  notOfficial: 'This is a courtesy. It is not official court notice and does not change any deadline.',
  emailAddress: 'pat.okonkwo@mail.example',
  cases: [
    {
      caseNumber: '24QX-DR01120',
      caption: 'In re the Matter of Ilse Varga and Tom Varga',
      caseAddress: 'https://track.example.org/cases/24QX-DR01120',
      isClosed: true,
      remark: null,
      textState: 'Text notices: off',
      options: [],
      stopUrl: 'https://track.example.org/stop/Vb6tN3kRq9',
      stopTextUrl: 'https://track.example.org/stop/Vb6tN3kRq9?choice=textOnly',
    },
    {
      caseNumber: '25QX-CV00417',
      caption: 'Harbor Lane Homes LLC v. Priya Castellanos',
      caseAddress: 'https://track.example.org/cases/25QX-CV00417',
      isClosed: false,
      remark: null,
      textState: 'Text notices: on, to the phone ending in 0199',
      options: ['10 days before a scheduled event', '2 days before a scheduled event'],
      stopUrl: 'https://track.example.org/stop/Zk3vT9qLr0',
      stopTextUrl: 'https://track.example.org/stop/Zk3vT9qLr0?choice=textOnly',
    },
    {
      caseNumber: '25WN-PR00093',
      caption: 'Estate of Augustin Bello',
      caseAddress: 'https://track.example.org/cases/25WN-PR00093',
      isClosed: false,
      remark: 'Wennick County Circuit Court no longer takes part, so nothing comes from this case.',
      textState: 'Text notices: waiting for the phone ending in 0123 to be verified',
      options: ['2 days before a scheduled payment'],
      stopUrl: 'https://track.example.org/stop/Mn1xR5pYc8',
      stopTextUrl: 'https://track.example.org/stop/Mn1xR5pYc8?choice=textOnly',
    },
  ],
  more: 0,
  reportUrl: 'https://track.example.org/report/Gy2fD7vXs5',
  stopAllUrl: 'https://track.example.org/stop-all/Hw7cB2mXy4',
  stopAllTextUrl: 'https://track.example.org/stop-all/Hw7cB2mXy4?choice=textOnly',
} satisfies ReportProps
