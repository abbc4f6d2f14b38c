import type { ReactNode } from 'react'
import { Pill } from '../../_ui/pill.tsx'
import { caseAddress } from '../../../server/contract/case-address.ts'
import type { CaseLineView, LineOutcome, NamedCaseView } from '../../../server/contract/several-view.ts'
import { nowTracking } from '../../../server/contract/wording.ts'

/** The case of a line, which leads to its page. */
export function NamedCase({ named }: { named: NamedCaseView }) {
  return (
    <>
      <a className="font-semibold wrap-anywhere" href={caseAddress(named.number, named.court.code, named.needsCourt)}>{named.number}</a>
      <span className="block wrap-anywhere text-ink2">{named.caption}, {named.court.shortName}</span>
    </>
  )
}

/** What a line of a list says first: its case where it means one, else what was typed. */
export const lineSubject = (text: string, view: CaseLineView | undefined): ReactNode =>
  view?.kind === 'case' || view?.kind === 'untrackable' ? <NamedCase named={view.case} /> : <span className="wrap-anywhere">{text}</span>

/** What became of a line, in words, or what is wrong with it (G6). */
export function lineResult(view: CaseLineView | undefined, outcome: LineOutcome | null): ReactNode {
  if (outcome === 'now') return <Pill tone="green">{nowTracking}</Pill>
  if (outcome === 'already') return <Pill tone="plain">You track this case already.</Pill>
  switch (view?.kind) {
    case 'repeated': return <Pill tone="plain">The case of line {view.line} again.</Pill>
    case 'notFound': return 'No case with this number was found.'
    case 'courtUnknown': return 'No court has this code or name. Take it away, or write it as on the page of the courts.'
    case 'untrackable': return view.sentence
    case 'severalCourts': return `Several courts have this number. Name one after a comma: ${view.courts.map(({ code, shortName }) => `${code} (${shortName})`).join(' or ')}.`
    case 'case': return 'It can be tracked. Send this line again.'
    case undefined: return null
  }
}
