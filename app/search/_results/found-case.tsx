import { middleDay } from '../../_ui/day-words.ts'
import { Pill } from '../../_ui/pill.tsx'
import { caseAddress } from '../../../server/contract/case-address.ts'
import type { CaseSummary } from '../../../server/contract/views.ts'

/** One line of the results: the caption leads to the case, under it what tells it from others of the same name. */
export function FoundCase({ found }: { found: CaseSummary }) {
  const { number, court, caption, caseTypeName, filedOn, status, matchedName } = found
  return (
    <li className="border-t border-rule py-3.5">
      <a className="inline-block max-w-4xl py-1 font-serif text-lead font-semibold wrap-anywhere" href={caseAddress(number, court.code, found.needsCourt)}>
        {caption}
      </a>
      {matchedName === null ? null : <p className="wrap-anywhere">Names {matchedName}</p>}
      <p className="flex flex-wrap items-baseline gap-x-4 text-nav text-ink2 wrap-anywhere">
        <span className="font-semibold text-ink tabular-nums">{number}</span>
        <span>{court.shortName}</span>
        <span>{caseTypeName}</span>
        {filedOn === null ? null : <span className="tabular-nums">Filed {middleDay(filedOn)}</span>}
        {status === 'open' ? <Pill tone="green">Open</Pill> : <Pill tone="plain">Closed</Pill>}
      </p>
    </li>
  )
}
