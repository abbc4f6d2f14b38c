import type { ReactElement } from 'react'
import { Heading, Hr } from 'react-email'
import { CaseTold, substanceOf } from './_parts/case-told.tsx'
import type { CaseToldProps } from './_parts/case-told.tsx'
import { Frame } from './_parts/frame.tsx'
import type { FrameProps } from './_parts/frame.tsx'
import { colour, fine } from './_parts/palette.ts'
import { moreCases, stopAllCases, stopChoices, stopListed, stopThisCase, updatesIn } from './_parts/phrases.ts'
import { plainLine } from './_parts/plain.ts'
import { StopLinks } from './_parts/stop-links.tsx'
import { TextLink } from './_parts/text-link.tsx'

export interface DigestCaseProps extends CaseToldProps {
  readonly stopUrl: string
  readonly stopTextUrl: string
}

/** F2: what one run tells a reader of all cases, each as a notice of its own would. */
export interface DigestProps extends FrameProps {
  readonly cases: readonly DigestCaseProps[]
  /** F12: how many cases more there are than are shown. */
  readonly more: number
  readonly myCasesUrl: string
  readonly stopListedUrl: string
  readonly stopAllUrl: string
  readonly stopAllTextUrl: string
}

/** The e-mail for several cases. `digestText` says the same in plain text. */
export function DigestEmail(props: DigestProps): ReactElement {
  const { cases, more } = props
  return (
    <Frame
      {...props}
      heading={updatesIn(cases.length + more)}
      substance={cases.flatMap(one => [`${one.caseNumber}:`, ...substanceOf(one)])}
      footLead={
        <>
          <p style={{ ...fine, margin: '0 0 14px' }}>
            <TextLink href={props.stopListedUrl}>{stopListed}</TextLink>
          </p>
          <StopLinks heading={stopAllCases} stopUrl={props.stopAllUrl} stopTextUrl={props.stopAllTextUrl} />
        </>
      }
    >
      {cases.map((one, index) => (
        <div key={index}>
          {index > 0 && <Hr style={{ margin: '22px 0 0', borderTop: `1px solid ${colour.rule}` }} />}
          <Heading as="h2" style={{ margin: '18px 0 0', font: '600 21px/27px Georgia,serif' }}>{plainLine(one.heading)}</Heading>
          <CaseTold {...one} />
          <p style={{ ...fine, margin: '12px 0 0' }}>
            {stopThisCase}: <TextLink href={one.stopUrl}>{stopChoices.emailAndText}</TextLink>
            {' \u00a0 \u00a0 '}
            <TextLink href={one.stopTextUrl}>{stopChoices.textOnly}</TextLink>
          </p>
        </div>
      ))}
      {more > 0 && <p style={{ margin: '20px 0 0' }}><TextLink href={props.myCasesUrl}>{moreCases(more)}</TextLink></p>}
    </Frame>
  )
}

DigestEmail.PreviewProps = {
  serviceName: 'Track This Case',
  origin: 'https://track.example.org',
  helpDesk: {
    name: 'Court Help Desk',
    email: 'help@courts.example.org',
    phone: '(555) 010-0134',
    hours: '8 a.m. to 4:30 p.m. Monday to Friday',
  },
  notOfficial: 'This is a courtesy. It is not official court notice and does not change any deadline.',
  cases: [
    {
      caseNumber: '25QX-CV00417',
      caption: 'Harbor Lane Homes LLC v. Priya Castellanos',
      courtName: 'Quillan County Circuit Court',
      caseAddress: 'https://track.example.org/cases/25QX-CV00417',
      heading: 'Case 25QX-CV00417: 1 corrected entry, hearing moved',
      leads: ['This covers what was entered on November 18, 2026.'],
      note: 'Our flat on Harbor Lane',
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
      entries: [{
        mark: 'Corrected',
        title: 'Motion for more time',
        filed: 'November 18, 2026',
        text: 'Filed by the defendant.',
        changes: ['The description was “Motion”.'],
        lastActivity: 'November 19, 2026, 9:30 a.m.',
      }],
      more: 0,
      stopUrl: 'https://track.example.org/stop/Zk3vT9qLr0',
      stopTextUrl: 'https://track.example.org/stop/Zk3vT9qLr0?choice=textOnly',
    },
    {
      caseNumber: '25QX-CR00112',
      caption: 'State v. Lowell',
      courtName: 'Quillan County Circuit Court',
      caseAddress: 'https://track.example.org/cases/25QX-CR00112',
      heading: '2 new entries in case 25QX-CR00112',
      leads: [],
      entries: [],
      more: 2,
      stopUrl: 'https://track.example.org/stop/Qm2vT9qLr0',
      stopTextUrl: 'https://track.example.org/stop/Qm2vT9qLr0?choice=textOnly',
    },
  ],
  more: 3,
  myCasesUrl: 'https://track.example.org/my-cases',
  stopListedUrl: 'https://track.example.org/stop/Lw7cB2mXy4',
  stopAllUrl: 'https://track.example.org/stop-all/Hw7cB2mXy4',
  stopAllTextUrl: 'https://track.example.org/stop-all/Hw7cB2mXy4?choice=textOnly',
} satisfies DigestProps
