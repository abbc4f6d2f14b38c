import { answerMetadata, answerPage } from '../../../_pages/answer-page.tsx'
import { getCaller, orNotFound } from '../../../_trpc/caller.ts'
import { DataTable } from '../../../_ui/data-table.tsx'
import { middleDay } from '../../../_ui/day-words.ts'
import { readFrame } from '../../../_ui/frame.ts'
import { SectionTitle } from '../../../_ui/page-title.tsx'
import { Pill } from '../../../_ui/pill.tsx'
import { dayOf } from '../../../../server/contract/court-time.ts'
import type { PaymentView } from '../../../../server/contract/views.ts'
import type { PaymentStatus } from '../../../../server/contract/vocabulary.ts'
import { CaseFrame } from '../_case/case-frame.tsx'
import { CourtChoice } from '../_case/court-choice.tsx'
import { caseMetadata, type CasePageProps, readCase } from '../_case/read-case.ts'

export const generateMetadata = answerMetadata((props: CasePageProps) => caseMetadata(props, 'scheduled payments'))

export default answerPage(async function PaymentsPage(props: CasePageProps) {
  const answer = await readCase(props, 'payments')
  if (answer.kind === 'choice') return <CourtChoice number={answer.number} cases={answer.cases} tab="payments" />
  const { number, court } = answer.case
  const [{ now }, payments] = await Promise.all([
    readFrame(),
    orNotFound((await getCaller()).cases.payments({ number, court: court.code })),
  ])
  const today = dayOf(now, court.timeZone)
  const byDay = payments.toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0))
  const ahead = byDay.filter(({ dueOn }) => dueOn >= today)
  const past = byDay.filter(({ dueOn }) => dueOn < today).reverse()
  const table = (caption: string, shown: readonly PaymentView[]) => (
    <DataTable
      caption={caption}
      columns={[
        { label: 'Person' }, { label: 'Plan' }, { label: 'Due' }, { label: 'Amount due', isNumber: true },
        { label: 'Past due', isNumber: true }, { label: 'Status' },
      ]}
      rows={shown.map((payment) => ({
        key: `${payment.plan} ${payment.dueOn}`,
        cells: [
          payment.person, payment.plan, middleDay(payment.dueOn), dollars(payment.amountDueCents),
          payment.pastDueCents === 0 ? 'None' : dollars(payment.pastDueCents), <Status key="status" of={payment.status} />,
        ],
      }))}
    />
  )
  return (
    <CaseFrame shown={answer.case} open="payments">
      <SectionTitle>Scheduled payments</SectionTitle>
      {payments.length === 0 ? <p>The court has sent no scheduled payments for this case.</p> : (
        <>
          <p className="mb-4 max-w-measure text-ink2">
            Payments stand here as the court sent them. A payment made today may not show yet. Ask the court what is owed before you rely on it.
          </p>
          {ahead.length === 0 ? <p>Nothing is scheduled that falls due today or later.</p> : table(`Scheduled payments of case ${number}`, ahead)}
          {past.length === 0 ? null : (
            <section aria-labelledby="past" className="mt-10">
              <SectionTitle id="past">Past</SectionTitle>
              {table(`Payments of case ${number} whose due date has passed`, past)}
            </section>
          )}
        </>
      )}
    </CaseFrame>
  )
})

const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
const dollars = (cents: number): string => money.format(cents / 100)

const statuses = { due: ['amber', 'Due'], paid: ['green', 'Paid'], cancelled: ['plain', 'Cancelled'] } as const

function Status({ of }: { of: PaymentStatus }) {
  const [tone, words] = statuses[of]
  return <Pill tone={tone}>{words}</Pill>
}
