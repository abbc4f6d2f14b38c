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
import { NoticeEmail } from './notice.tsx'

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

const { stopAllUrl, stopAllTextUrl, ...sample } = NoticeEmail.PreviewProps

DigestEmail.PreviewProps = {
  ...sample,
  cases: [sample, {
    caseNumber: '25QX-CR00112', caption: 'State v. Lowell', courtName: 'Quillan County Circuit Court',
    caseAddress: 'https://track.example.org/cases/25QX-CR00112', heading: '2 new entries in case 25QX-CR00112', leads: [], entries: [], more: 2,
    stopUrl: 'https://track.example.org/stop/Qm2vT9qLr0', stopTextUrl: 'https://track.example.org/stop/Qm2vT9qLr0?choice=textOnly',
  }],
  more: 3,
  myCasesUrl: 'https://track.example.org/my-cases',
  stopListedUrl: 'https://track.example.org/stop/Lw7cB2mXy4',
  stopAllUrl,
  stopAllTextUrl,
} satisfies DigestProps
