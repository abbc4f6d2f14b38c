import type { ReactElement } from 'react'
import { Heading } from 'react-email'
import { Lines } from './lines.tsx'
import { body, colour, sans } from './palette.ts'
import { filedOn, lastActivityOn } from './phrases.ts'
import { plain, plainLine } from './plain.ts'
import { Tag } from './tag.tsx'

/** One docket entry as a notice shows it (F3). All of it is what the court's staff typed or our sentence about it. */
export interface EntryProps {
  readonly mark: 'New' | 'Corrected' | 'Voided'
  readonly title: string
  /** `November 20, 2026, 1:52 p.m.`, or without a time. */
  readonly filed: string
  readonly text: string
  /** One sentence for each told field that a correction changed. */
  readonly changes: readonly string[]
  readonly lastActivity: string
}

/** A voided entry is struck through, and its tag says so in a word. */
export function Entry(entry: EntryProps): ReactElement {
  const title = plainLine(entry.title)
  const text = plain(entry.text)
  const isVoided = entry.mark === 'Voided'
  return (
    <>
      <Heading as="h2" style={{ ...body, margin: '14px 0 4px', fontFamily: sans, fontWeight: 'bold' }}>
        <Tag word={entry.mark} /> {isVoided ? <s>{title}</s> : title}
      </Heading>
      <p style={{ margin: '0 0 14px' }}>
        <span className="soft" style={{ color: colour.ink3 }}>{filedOn(entry.filed)}</span>
        {text !== '' && (
          <>
            <br />
            {isVoided ? <s><Lines text={text} /></s> : <Lines text={text} />}
          </>
        )}
        {entry.changes.map((sentence, index) => (
          <span key={index}>
            <br />
            {plainLine(sentence)}
          </span>
        ))}
        <br />
        <span className="soft" style={{ color: colour.ink3 }}>{lastActivityOn(entry.lastActivity)}</span>
      </p>
    </>
  )
}
