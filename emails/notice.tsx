import type { ReactElement, ReactNode } from 'react'
import { Action } from './_parts/action.tsx'
import { CaseTold, substanceOf } from './_parts/case-told.tsx'
import type { CaseToldProps } from './_parts/case-told.tsx'
import { Preheader, Sheet } from './_parts/frame.tsx'
import type { FrameProps } from './_parts/frame.tsx'
import { seeDocket, stopAllCases, stopThisCase } from './_parts/phrases.ts'
import { StopLinks } from './_parts/stop-links.tsx'

/**
 * F3: what one run tells of one case. All of it belongs to the case, but for the four stop links and the note. Those
 * belong to the recipient; each link stands in one attribute, unchanged as long as it holds no `&` or quote, so it can be put in
 * after rendering.
 */
export interface NoticeProps extends FrameProps, CaseToldProps {
  readonly stopUrl: string
  readonly stopTextUrl: string
  readonly stopAllUrl: string
  readonly stopAllTextUrl: string
}

/** The notice e-mail. `noticeText` says the same in plain text. */
export function NoticeEmail(props: NoticeProps): ReactElement {
  return <NoticeSheet {...props} preheader={<NoticePreheader {...props} />}><NoticeBody {...props} /></NoticeSheet>
}

export const NoticePreheader = (props: CaseToldProps): ReactElement => <Preheader substance={substanceOf(props)} />

/** What stands below the heading. */
export const NoticeBody = (props: CaseToldProps): ReactElement => (
  <>
    <CaseTold {...props} />
    <p style={{ margin: '20px 0 0' }}>
      <Action href={props.caseAddress} isFirst>{seeDocket}</Action>
    </p>
  </>
)

interface NoticeSheetProps extends FrameProps, Pick<NoticeProps, 'heading' | 'stopUrl' | 'stopTextUrl' | 'stopAllUrl' | 'stopAllTextUrl'> {
  readonly preheader: ReactNode
  readonly children: ReactNode
}

/** What is around it, and tells nothing of a case but by these. */
export const NoticeSheet = (props: NoticeSheetProps): ReactElement => (
  <Sheet
    {...props}
    footLead={
      <>
        <StopLinks heading={stopThisCase} stopUrl={props.stopUrl} stopTextUrl={props.stopTextUrl} />
        <StopLinks heading={stopAllCases} stopUrl={props.stopAllUrl} stopTextUrl={props.stopAllTextUrl} />
      </>
    }
  />
)

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
  note: 'Our flat on Harbor Lane',
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
