import { answerPage } from '../../_pages/answer-page.tsx'
import { readFormPage } from '../../_forms/read-form-page.ts'
import { getCaller, orNotFound } from '../../_trpc/caller.ts'
import { requireOperator } from '../../_trpc/require-operator.ts'
import { DataTable } from '../../_ui/data-table.tsx'
import { whenWords } from '../../_ui/day-words.ts'
import { readFrame } from '../../_ui/frame.ts'
import { SectionTitle } from '../../_ui/page-title.tsx'
import type { Query } from '../../_ui/with-query.ts'
import { ActForm } from '../_parts/act-form.tsx'
import { FailureLines } from '../_parts/failure-lines.tsx'
import { OperatorFrame, operatorMetadata } from '../_parts/operator-frame.tsx'

export const generateMetadata = operatorMetadata('Operator: failures')

/** What did not arrive, jobs that were given up and addresses that get nothing; with what to do about each (I5). */
export default answerPage(async function FailuresPage({ searchParams }: { searchParams: Promise<Query> }) {
  await requireOperator('/operator/failures')
  const { failures, deadJobs, suppressed } = await orNotFound((await getCaller()).operator.troubles())
  const [{ now, timeZone }, form] = await Promise.all([readFrame(), readFormPage(searchParams)])
  const when = (instant: Date): string => whenWords(instant, now, timeZone)
  return (
    <OperatorFrame open="/operator/failures" title="Failures" form={form}>
      <section>
        <SectionTitle>Messages that did not arrive</SectionTitle>
        {failures.length === 0 ? <p className="text-ink2">None.</p> : <FailureLines failures={failures} when={when} />}
      </section>
      <section>
        <SectionTitle>Suppressed addresses</SectionTitle>
        {suppressed.length === 0 ? <p className="text-ink2">None.</p> : (
          <DataTable
            isDense
            caption="Suppressed addresses, the newest first"
            columns={[{ label: 'Address' }, { label: 'Since' }, { label: 'Why' }, { label: 'Cases paused', isNumber: true }, { label: 'What to do' }]}
            rows={suppressed.map(({ subscriberId, address, since, because, paused }) => ({
              key: String(subscriberId),
              cells: [
                address, when(since), because === 'bounced' ? 'Mail to it came back' : 'Its reader called our mail spam', paused.toLocaleString('en-US'),
                <ActForm key="lift" action="liftSuppression" id={subscriberId} button="Send to it again" of={address} />,
              ],
            }))}
          />
        )}
      </section>
      <section>
        <SectionTitle>Jobs that were given up</SectionTitle>
        {deadJobs.length === 0 ? <p className="text-ink2">None.</p> : (
          <div className="space-y-4.5">
            <DataTable
              isDense
              caption="Jobs that were given up, the newest first"
              columns={[{ label: 'Kind' }, { label: 'When' }, { label: 'Tries', isNumber: true }, { label: 'Why' }]}
              rows={deadJobs.map(({ id, kind, diedAt, tries, reason }) => ({ key: id, cells: [kind, when(diedAt), tries, reason] }))}
            />
            <ActForm action="redriveJobs" button="Put them all back" />
          </div>
        )}
      </section>
    </OperatorFrame>
  )
})
