import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { answerMetadata } from '../../_pages/answer-page.tsx'
import { requireOperator } from '../../_trpc/require-operator.ts'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { ResultMessage } from '../../_ui/result-message.tsx'
import { readFormPage, type FormPage } from '../../_forms/read-form-page.ts'
import type { Query } from '../../_ui/with-query.ts'

const pages = [
  { address: '/operator', label: 'Evenings and outbox' },
  { address: '/operator/failures', label: 'Failures' },
  { address: '/operator/outages', label: 'Outages' },
  { address: '/operator/accounts', label: 'Accounts' },
] as const

/** What every page of an operator has: what came of its form, its title, and the way to the others. Denser than other pages. */
export function OperatorFrame({ open, title, form, children }: {
  open: (typeof pages)[number]['address']
  title: string
  form: FormPage
  children: ReactNode
}) {
  return (
    <PageMain>
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <PageTitle>{title}</PageTitle>
      <nav aria-label="Operator" className="mb-6 border-b border-rule-strong print:hidden">
        <ul className="flex flex-wrap gap-x-6">
          {pages.map(({ address, label }) => (
            <li key={address}>
              <a
                href={address}
                aria-current={address === open ? 'page' : undefined}
                className="flex min-h-11 items-center border-b-4 border-transparent pt-1 text-nav font-medium no-underline hover:underline aria-[current]:border-primary aria-[current]:font-semibold aria-[current]:text-ink"
              >
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {form.message === null ? null : (
        <ResultMessage heading="Done">
          <p>{form.message}</p>
          {form.email === null ? null : <p className="wrap-anywhere">{form.email}</p>}
        </ResultMessage>
      )}
      <div id="form" className="space-y-9 text-nav">{children}</div>
    </PageMain>
  )
}

/** The metadata of such a page; for who is no operator that of one that is not there. */
export const operatorMetadata = (title: string) => answerMetadata(async ({ searchParams }: { searchParams: Promise<Query> }): Promise<Metadata> => {
  await requireOperator()
  const { errors } = await readFormPage(searchParams)
  return { title: errors.length > 0 ? `Error: ${title}` : title, robots: { index: false, follow: false } }
})
