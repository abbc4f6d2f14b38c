import Sqlite from 'better-sqlite3'
import { addDays } from '../server/contract/court-time.ts'
import { casesAtOnce, planMessages } from '../server/domain/digest/plan-notices.ts'
import { noticeKey } from '../server/domain/outbox/notice-key.ts'
import { runEvening } from '../server/evening/run-evening.ts'
import { withCopy, type Template } from './databases.ts'
import { grouped, median, ratios, spreadOf, timed, type Figure } from './figures.ts'
import { openWorkplace, site } from './our-evening.ts'
import { eveningAt, eveningDay } from './put-evening.ts'

const quietDays = 40
const longestQuietMs = 50

// What `planMessages` does, written by hand and for all cases at once: the same rows into the same table, constraints and all.
const byHand = `
  insert into outbox_messages (dedupe_key, kind, state, subscriber_id, subscription_id, content_id, run_id, created_at, due_at, attempts)
  select '${noticeKey}' || s.id || '/' || @runId, 'notice', 'waiting', s.subscriber_id, s.id, m.id, @runId, @at, @at, 0
  from message_contents m
  join subscriptions s on s.case_id = m.case_id and s.email_state = 'active'
  where m.run_id = @runId and m.withdrawn_at is null and m.first_change_id = (
    select min(c.id) from docket_changes c where c.run_id = @runId and c.case_id = s.case_id and c.id > s.email_active_after)
  order by m.id
  on conflict (dedupe_key) do nothing
`

const earlierEvenings = 10

/** Mail of evenings before, sent and kept for the subscriber's history. Gives how many the outbox holds then. */
function putEarlierMail(db: Sqlite.Database, runId: number): number {
  const copy = db.prepare(`
    insert into outbox_messages (dedupe_key, kind, state, subscriber_id, subscription_id, content_id, run_id, created_at, due_at, attempts, settled_at)
    select dedupe_key || '/' || ?, kind, 'sent', subscriber_id, subscription_id, content_id, 1, created_at, due_at, 1, due_at
    from outbox_messages where run_id = ?`)
  let kept = 0
  for (let evening = 1; evening <= earlierEvenings; evening++) kept += copy.run(String(evening), runId).changes
  return kept
}

/** How long planning takes against the same INSERT … SELECT by hand, and how long an evening takes on which nothing changed. */
export async function measurePlanning(
  template: Template, { rounds, say }: { rounds: number; say: (line: string) => void },
): Promise<Figure[]> {
  return withCopy(template, async (file) => {
    const workplace = openWorkplace(`file:${file}`)
    const raw = new Sqlite(file)
    for (const setting of ['synchronous = FULL', 'foreign_keys = ON', 'temp_store = MEMORY', 'cache_size = -65536']) raw.pragma(setting)
    try {
      const { runId } = await runEvening(workplace, site, { day: eveningDay, mayBeFuture: false })
      if (runId === null) throw new Error('The evening was held before.')

      // As the evening goes through them.
      const told = raw.prepare<[number], number>('select distinct case_id from message_contents where run_id = ? order by 1').pluck().all(runId)
      const lastOfSlices = told.filter((_, at) => at % casesAtOnce === casesAtOnce - 1 || at === told.length - 1)
      const rawInsert = raw.prepare(byHand)
      const ways = {
        ours: () => timed(() => workplace.inOneTransaction(async (work) => {
          for (const [nth, through] of lastOfSlices.entries()) await planMessages(work, { id: runId }, { after: lastOfSlices[nth - 1] ?? 0, through })
        })),
        raw: () => timed(() => {
          raw.exec('begin immediate')
          rawInsert.run({ runId, at: eveningAt })
          raw.exec('commit')
        }),
      }
      const taken: Record<keyof typeof ways, number[]> = { ours: [], raw: [] }
      for (let round = 0; round <= rounds; round++) {
        for (const way of round % 2 === 0 ? ['ours', 'raw'] as const : ['raw', 'ours'] as const) {
          raw.exec('delete from outbox_messages')
          raw.pragma('wal_checkpoint(TRUNCATE)')
          const ms = await ways[way]()
          const planned = raw.prepare('select count(*) from outbox_messages').pluck().get()
          if (planned !== template.owed.length) throw new Error(`Planned ${String(planned)} messages instead of ${template.owed.length}.`)
          if (round > 0) taken[way].push(ms)
        }
      }
      say(`  planned ${grouped(template.owed.length)} messages ${rounds} times: ours ${median(taken.ours).toFixed(0)} ms, by hand ${median(taken.raw).toFixed(0)} ms`)

      const kept = putEarlierMail(raw, runId)
      const quiet: number[] = []
      for (let day = 1; day <= quietDays; day++) {
        quiet.push(await timed(() => runEvening(workplace, site, { day: addDays(eveningDay, day), mayBeFuture: true })))
      }
      say(`  ${quietDays} evenings without a change: ${median(quiet).toFixed(1)} ms each`)
      const againstRaw = ratios(taken.ours, taken.raw)
      return [
        {
          goal: 'P4',
          what: `an evening on which nothing changed, ${grouped(template.size.cases)} cases, ${grouped(kept)} mails kept in the outbox`,
          limit: `≤ ${longestQuietMs} ms`,
          figure: `${median(quiet).toFixed(1)} ms`,
          reference: 'the clock',
          spread: `${Math.min(...quiet).toFixed(1)} to ${Math.max(...quiet).toFixed(1)} ms in ${quiet.length} evenings`,
          isMet: median(quiet) <= longestQuietMs,
        },
        {
          goal: 'P4',
          what: `planning: the statements that owe the messages, ${grouped(casesAtOnce)} cases each`,
          limit: '≤ 1.2 ×',
          figure: `${median(againstRaw).toFixed(2)} ×`,
          reference: `the same INSERT … SELECT by hand for all at once: ${median(taken.raw).toFixed(0)} ms against ${median(taken.ours).toFixed(0)} ms`,
          spread: spreadOf(againstRaw, 2, 'pairs'),
          isMet: median(againstRaw) <= 1.2,
        },
      ]
    } finally {
      raw.close()
      await workplace.close()
    }
  })
}
