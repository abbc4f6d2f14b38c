import type { ReactElement } from 'react'
import { Heading, Hr } from 'react-email'
import { Action } from './_parts/action.tsx'
import { courtOf, notTracked, runSearch, sameName, searchHeading, seeSearches, stopsWatching, stopWatchingAll, stopWatchingThis } from './_parts/candidates-phrases.ts'
import { Frame } from './_parts/frame.tsx'
import type { FrameProps } from './_parts/frame.tsx'
import { body, colour, fine, sans } from './_parts/palette.ts'
import { andMore } from './_parts/phrases.ts'
import { plainLine } from './_parts/plain.ts'
import { TextLink } from './_parts/text-link.tsx'

/** A new case; caption and court are empty where the mail says case numbers and links only. */
export interface NewCaseProps {
  readonly caseNumber: string
  readonly caseAddress: string
  readonly caption: string
  readonly courtName: string
  /** Why it cannot be tracked; null where it can. */
  readonly remark: string | null
}

export interface WatchedSearchProps {
  /** Empty where the mail says case numbers and links only. */
  readonly name: string
  readonly address: string
  readonly cases: readonly NewCaseProps[]
  /** F12: how many cases are not shown; 0 when all are. */
  readonly more: number
  readonly stopUrl: string
}

/** G7: new cases that match what an account watches. */
export interface CandidatesProps extends FrameProps {
  readonly heading: string
  readonly searches: readonly WatchedSearchProps[]
  /** Null where there is one search only. */
  readonly stopAllUrl: string | null
}

/** Mail of new cases. `candidatesText` says the same in plain text. */
export function CandidatesEmail(props: CandidatesProps): ReactElement {
  return (
    <Frame
      {...props}
      substance={props.searches.flatMap(search => search.cases.map(one => `${one.caption} ${one.caseNumber}`)).slice(0, 10)}
      footLead={props.stopAllUrl !== null && (
        <p style={{ ...fine, margin: '0 0 14px' }}>
          <b>{stopsWatching}</b>
          <br />
          <TextLink href={props.stopAllUrl}>{stopWatchingAll}</TextLink>
        </p>
      )}
    >
      <p style={{ margin: '14px 0 0' }}>{notTracked}</p>
      {props.searches.map((search, index) => (
        <div key={index}>
          <Hr style={{ margin: '20px 0 0', borderTop: `1px solid ${colour.rule}` }} />
          <Search {...search} />
        </div>
      ))}
      <Hr style={{ margin: '20px 0 0', borderTop: `1px solid ${colour.rule}` }} />
      <p style={{ margin: '14px 0 0' }}>{sameName}</p>
    </Frame>
  )
}

function Search({ name, address, cases, more, stopUrl }: WatchedSearchProps): ReactElement {
  return (
    <>
      <Heading as="h2" style={{ ...body, margin: '14px 0 4px', fontFamily: sans, fontWeight: 'bold' }}>{searchHeading(name)}</Heading>
      {cases.map((one, index) => <NewCase key={index} {...one} />)}
      {more > 0 && <p style={{ margin: '14px 0 0' }}>{andMore(more)}</p>}
      <p style={{ margin: '20px 0 8px' }}>
        <Action href={address} isFirst={false}>{name === '' ? seeSearches : runSearch}</Action>
      </p>
      <p style={{ ...fine, margin: '8px 0 0' }}>
        <TextLink href={stopUrl}>{stopWatchingThis}</TextLink>
      </p>
    </>
  )
}

function NewCase({ caseNumber, caseAddress, caption, courtName, remark }: NewCaseProps): ReactElement {
  const court = courtOf(courtName)
  return (
    <p style={{ margin: '14px 0 0' }}>
      {caption !== '' && <><b>{plainLine(caption)}</b><br /></>}
      <TextLink href={caseAddress}>{plainLine(caseNumber)}</TextLink>
      {[court, remark === null ? null : plainLine(remark)].filter(line => line !== null).map((line, index) => (
        <span key={index}>
          <br />
          {line}
        </span>
      ))}
    </p>
  )
}

CandidatesEmail.PreviewProps = {
  serviceName: 'Track This Case',
  origin: 'https://track.example.org',
  helpDesk: {
    name: 'Court Help Desk',
    email: 'help@courts.example.org',
    phone: '(555) 010-0134',
    hours: '8 a.m. to 4:30 p.m. Monday to Friday',
  },
  notOfficial: 'This is a courtesy. It is not official court notice and does not change any deadline.',
  heading: '21 new matches for 2 searches you watch',
  searches: [
    {
      name: 'Cases of the Varga estate',
      address: 'https://track.example.org/search?q=varga',
      cases: [
        {
          caseNumber: '25QX-CV00417', caseAddress: 'https://track.example.org/cases/25QX-CV00417', caption: 'Ilse Varga v. Harbor Lane Homes LLC',
          courtName: 'Quillon County Circuit Court', remark: null,
        },
        {
          caseNumber: '25WN-PR00093', caseAddress: 'https://track.example.org/cases/25WN-PR00093', caption: 'Estate of Tom Varga',
          courtName: 'Wennick County Circuit Court', remark: 'Wennick County Circuit Court does not take part, so its cases cannot be tracked.',
        },
      ],
      more: 18,
      stopUrl: 'https://track.example.org/stop-watch/Zk3vT9qLr0',
    },
    {
      name: '',
      address: 'https://track.example.org/my-cases/searches',
      cases: [{ caseNumber: '25QX-CR00005', caseAddress: 'https://track.example.org/cases/25QX-CR00005', caption: '', courtName: '', remark: null }],
      more: 0,
      stopUrl: 'https://track.example.org/stop-watch/Mn1xR5pYc8',
    },
  ],
  stopAllUrl: 'https://track.example.org/stop-watch/Hw7cB2mXy4',
} satisfies CandidatesProps
