import type { ReactElement } from 'react'
import { Link, Section } from 'react-email'
import { body, colour, sans } from './palette.ts'
import { plainLine } from './plain.ts'

/** A hearing or trial as a notice shows it (F5): what happened, the date that counts, then what was before. */
export interface HearingProps {
  /** `Hearing date changed`, `Court in 2 days`. */
  readonly heading: string
  readonly kind: string
  /** `Thursday, December 3, 2026 at 9:00 a.m.` */
  readonly when: string
  readonly place: string | null
  readonly judge: string | null
  /** `Was November 24, 2026 at 1:30 p.m.` */
  readonly was: readonly string[]
  readonly calendarAddress: string
  readonly calendarLabel: string
}

/** The navy box. */
export function Hearing({ heading, kind, when, place, judge, was, calendarAddress, calendarLabel }: HearingProps): ReactElement {
  const soft = { color: colour.navySoft }
  return (
    <Section
      className="box"
      style={{ ...body, margin: '18px 0', backgroundColor: colour.navy, color: colour.sheet, fontFamily: sans, padding: '16px 22px' }}
    >
      <h2 style={{ ...body, margin: 0, fontWeight: 'bold' }}>{heading}</h2>
      <p style={{ margin: 0 }}>
        <b>{when}</b>
        {[kind, place, judge].filter(part => part !== null).map((part, index) => (
          <span key={index}>
            <br />
            {plainLine(part)}
          </span>
        ))}
        {was.map((sentence, index) => (
          <span key={index} style={soft}>
            <br />
            {plainLine(sentence)}
          </span>
        ))}
        <br />
        <Link href={calendarAddress} style={{ color: colour.sheet, textDecorationLine: 'underline', display: 'inline-block' }}>{calendarLabel}</Link>
      </p>
    </Section>
  )
}
