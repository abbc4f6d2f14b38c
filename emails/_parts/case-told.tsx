import type { ReactElement } from 'react'
import { Hr } from 'react-email'
import { Entry } from './entry.tsx'
import type { EntryProps } from './entry.tsx'
import { Hearing } from './hearing.tsx'
import type { HearingProps } from './hearing.tsx'
import { colour } from './palette.ts'
import { Payment } from './payment.tsx'
import type { PaymentProps } from './payment.tsx'
import { andMore, andMoreEntries, captionBeside, yourNote } from './phrases.ts'
import { plainLine } from './plain.ts'
import { TextLink } from './text-link.tsx'

/** What a run tells of one case, without the links that belong to who reads it. */
export interface CaseToldProps {
  readonly caseNumber: string
  readonly caption: string
  readonly courtName: string
  readonly caseAddress: string
  /** What happened. Where it already holds the caption, the caption is not said again. */
  readonly heading: string
  /** Sentences before the entries: what was missed in a pause (G4), days covered (F9), case opened again (E7). */
  readonly leads: readonly string[]
  /** Due or changed, the soonest first (F5), and how many more there are; left out where there are none, as payments are. */
  readonly hearings?: readonly HearingProps[]
  readonly moreHearings?: number
  readonly payments?: readonly PaymentProps[]
  readonly morePayments?: number
  readonly entries: readonly EntryProps[]
  /** F12: how many entries are not shown; 0 when all are. */
  readonly more: number
  /** The reader's own words for the case; left out where there are none. */
  readonly note?: string | null
}

/** What stands below its heading; `caseBlocks` says the same in plain text. */
export function CaseTold(props: CaseToldProps): ReactElement {
  const caption = captionBeside(props.heading, props.caption)
  const { hearings = [], moreHearings = 0, payments = [], morePayments = 0, note = null } = props
  return (
    <>
      <p className="soft" style={{ margin: '6px 0 0', color: colour.ink2 }}>
        {caption !== null && caption !== '' && (
          <>
            {caption}
            <br />
          </>
        )}
        <TextLink href={props.caseAddress}>{plainLine(props.caseNumber)}</TextLink>, {plainLine(props.courtName)}
      </p>
      {note !== null && <p style={{ margin: '6px 0 0' }}>{yourNote(note)}</p>}
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
    </>
  )
}

function MoreLink({ href, children }: { readonly href: string; readonly children: string }): ReactElement {
  return (
    <p style={{ margin: '14px 0' }}>
      <TextLink href={href}>{children}</TextLink>
    </p>
  )
}

/** The most telling of it first, for a list of mails. */
export const substanceOf = ({ hearings = [], payments = [], entries, leads }: CaseToldProps): readonly string[] => [
  ...hearings.map(hearing => `${hearing.heading}: ${hearing.when}`),
  ...payments.map(payment => `${payment.heading}. ${payment.amountDue}.`),
  ...entries.map(entry => `${entry.mark}: ${entry.title}. ${entry.text}`),
  ...leads,
]
