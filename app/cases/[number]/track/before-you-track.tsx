import { caseNumberHere, emailBeforeText, trackingTerms } from '../../../../server/contract/consent-wording.ts'

interface BeforeYouTrackProps {
  readonly caseNumber: string
  readonly sender: { readonly name: string; readonly email: string }
  /** Null where the court sends no texts. */
  readonly texts: { readonly sender: string; readonly takesReplies: boolean } | null
  /** Whose address is verified already, so that a text waits for nothing (C4). */
  readonly isLoggedIn: boolean
}

/** What B7 says before anyone asks, in plain words, which are kept as what was agreed to (H6). */
export function BeforeYouTrack({ caseNumber, sender, texts, isLoggedIn }: BeforeYouTrackProps) {
  return (
    <section aria-labelledby="before" className="lg:sticky lg:top-5">
      <h2 id="before" className="mb-3 font-serif text-section font-semibold">Before you ask</h2>
      <ul className="max-w-measure list-disc space-y-2.5 pl-5 wrap-anywhere marker:text-margin-line">
        {trackingTerms({ sender, texts, isLoggedIn }).map((point) => <li key={point}><Point point={point} caseNumber={caseNumber} /></li>)}
        {texts === null || isLoggedIn ? null : (
          <li className="-ml-5 list-none border-l-4 border-amber bg-amber-wash px-4 py-3">{emailBeforeText}</li>
        )}
      </ul>
    </section>
  )
}

function Point({ point, caseNumber }: { point: string; caseNumber: string }) {
  const [before, after] = point.split(caseNumberHere)
  return after === undefined ? point : <>{before}<strong className="inline-block tabular-nums">{caseNumber}</strong>{after}</>
}
