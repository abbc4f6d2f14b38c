import { PageMain } from '../../../_ui/page-main.tsx'
import { PageTitle } from '../../../_ui/page-title.tsx'
import { caseAddress, type CaseTab } from '../../../../server/contract/case-address.ts'
import type { CaseSummary } from '../../../../server/contract/views.ts'

/** The cases of several courts that bear one number, to choose from (A3). `tab` is the page that was asked for. */
export function CourtChoice({ number, cases, tab }: { number: string; cases: readonly CaseSummary[]; tab?: CaseTab }) {
  return (
    <PageMain width="narrow">
      <PageTitle lead="More than one court has a case with this number. Choose the court.">{number}</PageTitle>
      <ul className="border-b border-rule">
        {cases.map((one) => (
          <li key={one.court.code} className="border-t border-rule py-4">
            <a className="inline-block py-1 font-serif text-lead font-semibold wrap-anywhere" href={caseAddress(one.number, one.court.code, true, tab)}>
              {one.court.name}
            </a>
            <p className="wrap-anywhere">{one.caption}</p>
            <p className="text-nav text-ink2">{one.caseTypeName}, {one.status === 'open' ? 'open' : 'closed'}</p>
          </li>
        ))}
      </ul>
    </PageMain>
  )
}
