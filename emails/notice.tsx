import type { ReactElement } from 'react'
import { Hr } from 'react-email'
import { Action } from './_parts/action.tsx'
import { Entry } from './_parts/entry.tsx'
import type { EntryProps } from './_parts/entry.tsx'
import { Frame } from './_parts/frame.tsx'
import type { FrameProps } from './_parts/frame.tsx'
import { colour } from './_parts/palette.ts'
import { Hearing } from './_parts/hearing.tsx'
import type { HearingProps } from './_parts/hearing.tsx'
import { Payment } from './_parts/payment.tsx'
import type { PaymentProps } from './_parts/payment.tsx'
import { andMore, andMoreEntries, captionBeside, seeDocket, stopAllCases, stopThisCase } from './_parts/phrases.ts'
import { plainLine } from './_parts/plain.ts'
import { StopLinks } from './_parts/stop-links.tsx'
import { TextLink } from './_parts/text-link.tsx'

/**
 * F3: what one run tells of one case. All of it belongs to the case, but for the four stop links. Those belong to the
 * recipient; each stands in one attribute, unchanged as long as it holds no `&` or quote, so it can be put in after rendering.
 */
export interface NoticeProps extends FrameProps {
  readonly caseNumber: string
  readonly caption: string
  readonly courtName: string
  readonly caseAddress: string
  /** What happened. Where it already holds the caption, the caption is not said again. */
  readonly heading: string
  /** Sentences before the entries: days covered (F9), case opened again (E7). */
  readonly leads: readonly string[]
  /** Due or changed, the soonest first (F5), and how many more there are; left out where there are none, as payments are. */
  readonly hearings?: readonly HearingProps[]
  readonly moreHearings?: number
  readonly payments?: readonly PaymentProps[]
  readonly morePayments?: number
  readonly entries: readonly EntryProps[]
  /** F12: how many entries are not shown; 0 when all are. */
  readonly more: number
  readonly stopUrl: string
  readonly stopTextUrl: string
  readonly stopAllUrl: string
  readonly stopAllTextUrl: string
}

/** The notice e-mail. `noticeText` says the same in plain text. */
export function NoticeEmail(props: NoticeProps): ReactElement {
  const caption = captionBeside(props.heading, props.caption)
  const { hearings = [], moreHearings = 0, payments = [], morePayments = 0 } = props
  return (
    <Frame
      {...props}
      substance={[
        ...hearings.map(hearing => `${hearing.heading}: ${hearing.when}`),
        ...payments.map(payment => `${payment.heading}. ${payment.amountDue}.`),
        ...props.entries.map(entry => `${entry.mark}: ${entry.title}. ${entry.text}`),
        ...props.leads,
      ]}
      footLead={
        <>
          <StopLinks heading={stopThisCase} stopUrl={props.stopUrl} stopTextUrl={props.stopTextUrl} />
          <StopLinks heading={stopAllCases} stopUrl={props.stopAllUrl} stopTextUrl={props.stopAllTextUrl} />
        </>
      }
    >
      <p className="soft" style={{ margin: '6px 0 0', color: colour.ink2 }}>
        {caption !== null && caption !== '' && (
          <>
            {caption}
            <br />
          </>
        )}
        <TextLink href={props.caseAddress}>{plainLine(props.caseNumber)}</TextLink>, {plainLine(props.courtName)}
      </p>
      {props.leads.map((lead, index) => (
        <p key={index} style={{ margin: '14px 0 0' }}>{plainLine(lead)}</p>
      ))}
      {hearings.map((hearing, index) => <Hearing key={index} {...hearing} />)}
      {moreHearings > 0 && <MoreLink href={props.caseAddress}>{andMore(moreHearings)}</MoreLink>}
      {payments.map((payment, index) => <Payment key={index} {...payment} />)}
      {morePayments > 0 && <MoreLink href={props.caseAddress}>{andMore(morePayments)}</MoreLink>}
      {props.entries.map((entry, index) => (
        <div key={index}>
          {(index > 0 || payments.length > 0) && <Hr style={{ margin: 0, borderTop: `1px solid ${colour.rule}` }} />}
          <Entry {...entry} />
        </div>
      ))}
      {props.more > 0 && <MoreLink href={props.caseAddress}>{andMoreEntries(props.entries.length, props.more)}</MoreLink>}
      <p style={{ margin: '20px 0 0' }}>
        <Action href={props.caseAddress} isFirst>{seeDocket}</Action>
      </p>
    </Frame>
  )
}

function MoreLink({ href, children }: { readonly href: string; readonly children: string }): ReactElement {
  return (
    <p style={{ margin: '14px 0' }}>
      <TextLink href={href}>{children}</TextLink>
    </p>
  )
}

NoticeEmail.PreviewProps = {
  serviceName: 'Track This Case',
  origin: 'https://track.example.org',
  helpDesk: {
    name: 'Court Help Desk',
    email: 'help@courts.example.org',
    phone: '(555) 010-0134',
    hours: '8 a.m. to 4:30 p.m. Monday to Friday',
  },
  notOfficial: 'This is a courtesy. It is not official court notice and does not change any deadline.',
  caseNumber: '25QX-CV00417',
  caption: 'Harbor Lane Homes LLC v. Priya Castellanos',
  courtName: 'Quillan County Circuit Court',
  caseAddress: 'https://track.example.org/cases/25QX-CV00417',
  heading: 'Case 25QX-CV00417: 1 new, 1 corrected, 1 voided entry, hearing moved, payment due',
  leads: ['This notice covers November 18 to November 20, 2026.'],
  hearings: [{
    heading: 'Hearing date changed',
    kind: 'Plea or trial setting',
    when: 'Thursday, December 3, 2026 at 9:00 a.m.',
    place: 'Courtroom 4, second floor',
    judge: 'R. Okafor',
    was: ['Was November 24, 2026 at 1:30 p.m.'],
    calendarAddress: 'https://track.example.org/cases/25QX-CV00417/events/7/calendar.ics',
    calendarLabel: 'Update my calendar',
  }],
  moreHearings: 1,
  payments: [{
    heading: 'Payment due December 10, 2026',
    person: 'Castellanos, Priya',
    plan: 'P-881',
    amountDue: 'Amount due is now $40.00 (was $50.00)',
    pastDue: 'Past due $10.00',
  }],
  morePayments: 0,
  entries: [
    {
      mark: 'New',
      title: 'Hearing continued',
      filed: 'November 20, 2026, 1:52 p.m.',
      text: 'Hearing moved to December 3, 2026 at 9:00 a.m.\nCourtroom 4, second floor.',
      changes: [],
      lastActivity: 'November 20, 2026, 2:07 p.m.',
    },
    {
      mark: 'Corrected',
      title: 'Motion for more time',
      filed: 'November 18, 2026',
      text: 'Filed by the defendant.',
      changes: ['The description was “Motion”.', 'The filing date was November 17, 2026.'],
      lastActivity: 'November 19, 2026, 9:30 a.m.',
    },
    {
      mark: 'Voided',
      title: 'Notice of appearance',
      filed: 'November 18, 2026, 10:15 a.m.',
      text: 'Entered in the wrong case.',
      changes: [],
      lastActivity: 'November 18, 2026, 11:02 a.m.',
    },
  ],
  more: 18,
  stopUrl: 'https://track.example.org/stop/Zk3vT9qLr0',
  stopTextUrl: 'https://track.example.org/stop/Zk3vT9qLr0?choice=textOnly',
  stopAllUrl: 'https://track.example.org/stop-all/Hw7cB2mXy4',
  stopAllTextUrl: 'https://track.example.org/stop-all/Hw7cB2mXy4?choice=textOnly',
} satisfies NoticeProps
