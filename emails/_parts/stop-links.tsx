import type { ReactElement } from 'react'
import { fine } from './palette.ts'
import { stopChoices } from './phrases.ts'
import { TextLink } from './text-link.tsx'

interface StopLinksProps {
  readonly heading: string
  readonly stopUrl: string
  readonly stopTextUrl: string
}

/** E1, E2: both choices, one paragraph with their heading, so that a link read by itself can be told from its neighbour's. */
export function StopLinks({ heading, stopUrl, stopTextUrl }: StopLinksProps): ReactElement {
  return (
    <p style={{ ...fine, margin: '0 0 14px' }}>
      <b>{heading}</b>
      <br />
      <TextLink href={stopUrl}>{stopChoices.emailAndText}</TextLink>
      {' \u00a0 \u00a0 '}
      <TextLink href={stopTextUrl}>{stopChoices.textOnly}</TextLink>
    </p>
  )
}
