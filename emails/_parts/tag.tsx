import type { ReactElement } from 'react'
import { colour } from './palette.ts'

const look = {
  New: { backgroundColor: colour.highlighter, color: colour.ink },
  Corrected: { backgroundColor: colour.amberGround, color: colour.amber },
  Voided: { backgroundColor: colour.redGround, color: colour.red },
  Closed: { backgroundColor: colour.wash, color: colour.ink2 },
} as const

/** A state as a word; the colour only repeats it. */
export function Tag({ word }: { readonly word: keyof typeof look }): ReactElement {
  return <span style={{ ...look[word], borderRadius: 3, fontSize: 15, fontWeight: 'bold', padding: '2px 7px' }}>{word}</span>
}
