import type { ReactElement } from 'react'
import { Heading } from 'react-email'
import { body, sans } from './palette.ts'
import { planOf } from './phrases.ts'
import { plainLine } from './plain.ts'

/** An instalment as a notice shows it (F6). */
export interface PaymentProps {
  /** `Payment due December 10, 2026`. */
  readonly heading: string
  readonly person: string
  readonly plan: string
  /** `Amount due $50.00`, with what it was before where it was told otherwise. */
  readonly amountDue: string
  /** Null where nothing is past due. */
  readonly pastDue: string | null
}

export function Payment({ heading, person, plan, amountDue, pastDue }: PaymentProps): ReactElement {
  return (
    <>
      <Heading as="h2" style={{ ...body, margin: '14px 0 4px', fontFamily: sans, fontWeight: 'bold' }}>{heading}</Heading>
      <p style={{ margin: '0 0 14px' }}>
        {plainLine(person)}
        <br />
        {planOf(plan)}
        <br />
        {amountDue}
        {pastDue !== null && (
          <>
            <br />
            {pastDue}
          </>
        )}
      </p>
    </>
  )
}
