import type { ReactElement } from 'react'
import { Button } from 'react-email'
import { colour } from './palette.ts'

interface ActionProps {
  readonly href: string
  /** The one thing to do first is filled; the others are outlined. */
  readonly isFirst: boolean
  readonly children: string
}

/** A link as a button: a real anchor with its own padding, 52 px high. */
export function Action({ href, isFirst, children }: ActionProps): ReactElement {
  return (
    <Button
      className={isFirst ? 'act' : 'alt'}
      href={href}
      style={{
        backgroundColor: isFirst ? colour.navy : 'transparent',
        border: `2px solid ${colour.navy}`,
        borderRadius: 4,
        color: isFirst ? colour.sheet : colour.navy,
        fontSize: 17,
        fontWeight: 'bold',
        padding: '14px 22px',
      }}
    >
      {children}
    </Button>
  )
}
