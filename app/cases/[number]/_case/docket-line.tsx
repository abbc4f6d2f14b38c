import type { ReactNode } from 'react'
import { whenWords } from '../../../_ui/day-words.ts'
import { LedgerLine } from '../../../_ui/ledger.tsx'
import { Pill } from '../../../_ui/pill.tsx'
import { formatTime } from '../../../../server/contract/court-time.ts'
import type { EntryView } from '../../../../server/contract/views.ts'
import type { FieldChange, ToldField } from '../../../../server/contract/vocabulary.ts'
import { changeWords } from './change-words.ts'

/** Words of the record longer than this are folded where they only say what stood there before. */
const longCharacters = 160

/** One docket entry: corrected ones say what changed, voided ones are struck through and say so (A4), codes are explained on demand (A7). */
export function DocketLine({ entry, now, timeZone }: { entry: EntryView; now: Date; timeZone: string }) {
  const isVoided = entry.status === 'voided'
  // The tag says already that it was voided.
  const corrections = entry.corrections.filter(({ field, to }) => !(field === 'status' && to === 'voided'))
  const isCorrected = corrections.length > 0
  return (
    <LedgerLine
      day={entry.filedOn}
      instant={entry.filedAt ?? undefined}
      time={entry.filedAt === null ? undefined : formatTime(entry.filedAt, timeZone)}
    >
      <h3 className="font-[650] wrap-anywhere">
        <Struck isVoided={isVoided}>{entry.description}</Struck>
        {isVoided ? <> <Pill tone="red">Voided</Pill></> : null}
        {isCorrected && !isVoided ? <> <Pill tone="amber">Corrected</Pill></> : null}
      </h3>
      {entry.text === '' ? null : (
        <p className="mt-0.5 max-w-measure whitespace-pre-line text-ink2 wrap-anywhere"><Struck isVoided={isVoided}>{entry.text}</Struck></p>
      )}
      {isVoided || isCorrected ? (
        <p className="mt-1.5 text-nav text-ink2">Last changed {whenWords(entry.lastActivityAt, now, timeZone)}</p>
      ) : null}
      {isCorrected ? <Corrections changes={corrections} timeZone={timeZone} /> : null}
      <CodeMeaning entry={entry} />
    </LedgerLine>
  )
}

const Struck = ({ isVoided, children }: { isVoided: boolean; children: ReactNode }) => (isVoided ? <s>{children}</s> : children)

function Corrections({ changes, timeZone }: { changes: readonly FieldChange<ToldField>[]; timeZone: string }) {
  return (
    <ul className="mt-0.5 max-w-measure text-nav text-ink2">
      {changes.map((change) => {
        const { label, was } = changeWords(change, timeZone)
        if (was === null) return <li key={change.field}>{label}.</li>
        return (
          <li key={change.field} className="wrap-anywhere">
            {was.length <= longCharacters ? <>{label}: {was}</> : (
              <details>
                <summary className="min-h-11 py-2.5 text-link underline">{label} different: show it</summary>
                <p className="whitespace-pre-line border-l-4 border-rule pl-3">{was}</p>
              </details>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function CodeMeaning({ entry: { entryNumber, code, explanation } }: { entry: EntryView }) {
  const number = entryNumber === null ? null : `Entry ${entryNumber}`
  if (code === null || explanation === null) {
    const words = [number, code === null ? null : `Code ${code}`].filter((part) => part !== null).join(' · ')
    return words === '' ? null : <p className="mt-1 text-fine text-ink3 tabular-nums wrap-anywhere">{words}</p>
  }
  return (
    <>
      {number === null ? null : <p className="mt-1 text-fine text-ink3 tabular-nums wrap-anywhere">{number}</p>}
      <details className="-mb-2 text-nav print:hidden">
        <summary className="min-h-11 py-2.5 text-link underline">What does {code} mean?</summary>
        <p className="mb-2 max-w-measure border-l-4 border-rule pl-3 text-ink2">
          <strong className="text-ink">{explanation.title}.</strong> {explanation.explanation}
        </p>
      </details>
    </>
  )
}
