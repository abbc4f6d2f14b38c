import { answerPage } from '../_pages/answer-page.tsx'
import { readFormPage } from '../_forms/read-form-page.ts'
import { getCaller, orNotFound } from '../_trpc/caller.ts'
import { requireOperator } from '../_trpc/require-operator.ts'
import { DataTable } from '../_ui/data-table.tsx'
import { middleDay, whenWords } from '../_ui/day-words.ts'
import { readFrame } from '../_ui/frame.ts'
import { SectionTitle } from '../_ui/page-title.tsx'
import type { Query } from '../_ui/with-query.ts'
import { agoWords } from '../../server/contract/ago-words.ts'
import { boundedWords, type OutboxView, type RunView } from '../../server/contract/operator-view.ts'
import { messageStates } from '../../server/contract/vocabulary.ts'
import { BackupRestored } from './_parts/backup-restored.tsx'
import { CausedFacts } from './_parts/caused-facts.tsx'
import { EveningWaits } from './_parts/evening-waits.tsx'
import { EveningsChart } from './_parts/evenings-chart.tsx'
import { FeedFacts } from './_parts/feed-facts.tsx'
import { kindNames, stateNames } from './_parts/kind-names.ts'
import { OperatorFrame, operatorMetadata } from './_parts/operator-frame.tsx'

export const generateMetadata = operatorMetadata('Operator: evenings and outbox')

/** Runs, the outbox by state, and how far behind the feed is (I5). */
export default answerPage(async function OperatorPage({ searchParams }: { searchParams: Promise<Query> }) {
  await requireOperator('/operator')
  const { runs, evenings, outbox, feed, caused, unclearedBackup } = await orNotFound((await getCaller()).operator.overview())
  const [{ now, timeZone }, form] = await Promise.all([readFrame(), readFormPage(searchParams)])
  return (
    <OperatorFrame open="/operator" title="Operator" form={form}>
      <section>
        <SectionTitle>Feed and evening</SectionTitle>
        {unclearedBackup === null ? null : <BackupRestored backup={unclearedBackup} now={now} timeZone={timeZone} />}
        {feed.waitingEvening === null ? null : <EveningWaits evening={feed.waitingEvening} now={now} timeZone={timeZone} />}
        <FeedFacts feed={feed} now={now} timeZone={timeZone} />
      </section>
      <section>
        <SectionTitle>Outbox</SectionTitle>
        <Outbox outbox={outbox} />
        <p className="mt-2 text-ink2">
          {outbox.oldestDueAt === null ? 'Nothing is due to leave.' : `What has waited longest has been due since ${whenWords(outbox.oldestDueAt, now, timeZone)} (${agoWords(outbox.oldestDueAt, now)}).`}
          {' '}Sent, delivered and cancelled ones are counted among the newest {outbox.settledAmong.toLocaleString('en-US')} messages.
        </p>
      </section>
      <section>
        <SectionTitle>Caused by visitors</SectionTitle>
        <CausedFacts caused={caused} />
      </section>
      <section className="space-y-4.5">
        <SectionTitle>E-mails of the last evenings</SectionTitle>
        <EveningsChart evenings={evenings} />
        <Runs runs={runs} now={now} timeZone={timeZone} />
      </section>
    </OperatorFrame>
  )
})

function Outbox({ outbox: { kinds } }: { outbox: OutboxView }) {
  if (kinds.length === 0) return <p className="text-ink2">The outbox is empty.</p>
  return (
    <DataTable
      isDense
      caption="Messages by kind and state"
      columns={[{ label: 'Kind' }, ...messageStates.map((state) => ({ label: stateNames[state], isNumber: true }))]}
      rows={kinds.map(({ kind, states }) => ({ key: kind, cells: [kindNames[kind], ...messageStates.map((state) => boundedWords(states[state]))] }))}
    />
  )
}

function Runs({ runs, now, timeZone }: { runs: readonly RunView[]; now: Date; timeZone: string }) {
  if (runs.length === 0) return <p className="text-ink2">No evening was held yet.</p>
  const counts = ['changes', 'notices', 'emails', 'texts', 'reminders'] as const
  return (
    <DataTable
      isDense
      caption="Runs, the newest first"
      columns={[
        { label: 'Evening' }, { label: 'Started' },
        ...['Changes', 'Notices', 'E-mails', 'Texts', 'Reminders', 'Took'].map((label) => ({ label, isNumber: true })),
      ]}
      rows={runs.map((run) => ({
        key: String(run.id),
        cells: [
          middleDay(run.day), whenWords(run.startedAt, now, timeZone), ...counts.map((count) => run[count].toLocaleString('en-US')),
          run.durationMs === null ? 'not measured' : `${(run.durationMs / 1000).toFixed(1)} s`,
        ],
      }))}
    />
  )
}
