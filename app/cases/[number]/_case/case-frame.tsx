import type { ReactNode } from 'react'
import { PageMain } from '../../../_ui/page-main.tsx'
import { caseAddress, type CaseTab } from '../../../../server/contract/case-address.ts'
import type { CaseView } from '../../../../server/contract/views.ts'
import { CaptionBlock } from './caption-block.tsx'

/** The case file: caption, tabs, and the page of the tab that is open; none is open on the form (A4). */
export function CaseFrame({ shown, open, children }: { shown: CaseView; open: CaseTab | 'header'; children: ReactNode }) {
  const { counts } = shown
  const addressOf = (tab?: CaseTab): string => caseAddress(shown.number, shown.court.code, shown.needsCourt, tab)
  const tabs = [
    { id: 'header', label: 'Case Header', address: addressOf(), count: null },
    { id: 'parties', label: 'Parties & Attorneys', address: addressOf('parties'), count: counts.parties },
    { id: 'docket', label: 'Docket Entries', address: addressOf('docket'), count: counts.entries },
    { id: 'events', label: 'Scheduled Hearings & Trials', address: addressOf('events'), count: counts.events },
    { id: 'payments', label: 'Scheduled Payments', address: addressOf('payments'), count: counts.payments },
  ]
  return (
    <PageMain>
      {/* Fixed, so that it stands at the head of every sheet of paper. */}
      <p aria-hidden="true" className="fixed top-0 left-0 hidden text-fine tabular-nums print:block">Case {shown.number}, {shown.court.name}</p>
      <p className="-mt-2.5 mb-1 text-nav print:hidden">
        <a href="/" className="inline-flex min-h-11 items-center">Find a case</a> / {shown.court.shortName}
      </p>
      <CaptionBlock shown={shown} />
      <nav aria-label="Case" className="mb-6 border-b border-rule-strong print:hidden">
        <ul className="flex flex-wrap gap-x-6">
          {tabs.map(({ id, label, address, count }) => (
            <li key={id}>
              <a
                href={address}
                aria-current={id === open ? 'page' : undefined}
                className="flex min-h-11 items-center gap-1.5 border-b-4 border-transparent pt-1 text-nav font-medium no-underline hover:underline aria-[current]:border-primary aria-[current]:font-semibold aria-[current]:text-ink"
              >
                {label}
                {count === null ? null : <span className="text-ink3 tabular-nums">{count.toLocaleString('en-US')}</span>}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </PageMain>
  )
}
