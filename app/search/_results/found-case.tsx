import { middleDay } from '../../_ui/day-words.ts'
import { Pill } from '../../_ui/pill.tsx'
import { caseAddress } from '../../../server/contract/case-address.ts'
import type { CaseSummary } from '../../../server/contract/views.ts'

/** One line of the results: the caption leads to the case, under it what tells it from others of the same name; before it a box to choose it (G6). */
export function FoundCase({ found, isChoosable = false }: { found: CaseSummary; isChoosable?: boolean }) {
  const { number, court, caption, caseTypeName, filedOn, status, matchedName } = found
  return (
    <li className={`border-t border-rule py-3.5 ${isChoosable ? 'relative pl-11' : ''}`}>
      {isChoosable ? (
        <label className="absolute top-3 left-0 flex size-11 cursor-pointer items-center print:hidden">
          <input type="checkbox" name="case" value={JSON.stringify([number, court.code])} />
          <span className="sr-only">Choose case {number}, {court.shortName}</span>
        </label>
      ) : null}
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
