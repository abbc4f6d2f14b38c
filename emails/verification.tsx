import type { ReactElement } from 'react'
import { Heading, Hr } from 'react-email'
import { Action } from './_parts/action.tsx'
import { Frame } from './_parts/frame.tsx'
import type { FrameProps } from './_parts/frame.tsx'
import { body, colour, sans } from './_parts/palette.ts'
import { andMore, lookInSpam, mayIgnore, sevenDays, stopThisCase } from './_parts/phrases.ts'
import { plainLine } from './_parts/plain.ts'
import { StopLinks } from './_parts/stop-links.tsx'
import { TextLink } from './_parts/text-link.tsx'
import { askedOf, confirmAllOf, confirmOf, headingOf, newOptionsOf } from './_parts/waiting-phrases.ts'

/** One pending request: its own confirm link (C3), and stop links that withdraw it. */
export interface VerificationRequest {
  readonly caseNumber: string
  readonly caseAddress: string
  /** B8: the options that a case tracked already would have; absent where the request is to track it. */
  readonly newOptions?: readonly string[]
  readonly confirmUrl: string
  readonly stopUrl: string
  readonly stopTextUrl: string
}

/** C1: what one address is asked to confirm; at least one request. */
export interface VerificationProps extends FrameProps {
  readonly emailAddress: string
  /** J2: the bare address to look for in spam. */
  readonly senderAddress: string
  readonly requests: readonly VerificationRequest[]
  /** F12: how many pending requests are not shown; 0 when all are. Those can be confirmed by `confirmAllUrl` alone. */
  readonly more: number
  /** Null when one request is pending. */
  readonly confirmAllUrl: string | null
}

/** The verification e-mail. `verificationText` says the same in plain text. */
export function VerificationEmail(props: VerificationProps): ReactElement {
  const count = props.requests.length + props.more
  const asked = askedOf(props)
  return (
    <Frame {...props} heading={headingOf(props)} substance={[asked, mayIgnore]} footLead={null}>
      <p style={{ margin: '14px 0 0' }}>{asked}</p>
      {props.confirmAllUrl !== null && (
        <p style={{ margin: '20px 0 6px' }}>
          <Action href={props.confirmAllUrl} isFirst>{confirmAllOf(props)}</Action>
        </p>
      )}
      {props.requests.map((request, index) => (
        <div key={index}>
          {count > 1 && <Hr style={{ margin: '14px 0 0', borderTop: `1px solid ${colour.rule}` }} />}
          <Heading as="h2" style={{ ...body, margin: '14px 0', fontFamily: sans, fontWeight: 'bold' }}>
            Case <TextLink href={request.caseAddress}>{plainLine(request.caseNumber)}</TextLink>
          </Heading>
          {newOptionsOf(request) !== null && <p style={{ margin: '0 0 14px' }}>{newOptionsOf(request)}</p>}
          <p style={{ margin: '0 0 14px' }}>
            <Action href={request.confirmUrl} isFirst={props.confirmAllUrl === null}>{confirmOf(request)}</Action>
          </p>
          <StopLinks heading={stopThisCase} stopUrl={request.stopUrl} stopTextUrl={request.stopTextUrl} />
        </div>
      ))}
      {props.more > 0 && <p style={{ margin: '0 0 14px' }}>{andMore(props.more)}</p>}
      <Hr style={{ margin: 0, borderTop: `1px solid ${colour.rule}` }} />
      <p style={{ margin: '14px 0 0' }}>{sevenDays(count)} {mayIgnore}</p>
      <p style={{ margin: '14px 0 0' }}>{lookInSpam(props.senderAddress)}</p>
    </Frame>
  )
}

VerificationEmail.PreviewProps = {
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
  senderAddress: 'notices@courts.example.org',
  requests: [
    {
      caseNumber: '25QX-CV00417',
      caseAddress: 'https://track.example.org/cases/25QX-CV00417',
      confirmUrl: 'https://track.example.org/confirm/Qe5nV8sJd1',
      stopUrl: 'https://track.example.org/stop/Zk3vT9qLr0',
      stopTextUrl: 'https://track.example.org/stop/Zk3vT9qLr0?choice=textOnly',
    },
    {
      caseNumber: '25QX-PR00093',
      caseAddress: 'https://track.example.org/cases/25QX-PR00093',
      confirmUrl: 'https://track.example.org/confirm/Ub4gK6wTf7',
      stopUrl: 'https://track.example.org/stop/Mn1xR5pYc8',
      stopTextUrl: 'https://track.example.org/stop/Mn1xR5pYc8?choice=textOnly',
    },
  ],
  more: 0,
  confirmAllUrl: 'https://track.example.org/confirm/Ld9hS3zWk2',
} satisfies VerificationProps
