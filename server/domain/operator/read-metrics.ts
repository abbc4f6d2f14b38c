import { and, count, desc, gt, gte, sum } from 'drizzle-orm'
import { digestRuns, outboxMessages as messages } from '../../../db/schema.ts'
import type { MetricFact } from '../../contract/metric-facts.ts'
import { messageStates } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { countVerificationTexts } from '../limits/is-text-allowed.ts'
import { waitingLanes } from '../outbox/lanes.ts'
import { countOutbox } from './count-outbox.ts'
import { readFeedLag } from './read-feed-lag.ts'

const mostCounted = 10_000
const settledStates: readonly string[] = ['sent', 'delivered', 'cancelled']

/** What is measured of the whole installation, whichever process is asked. Costs about the same however much was ever sent. */
export async function readMetrics(reading: Reading, profile: CourtProfile, graceMinutes: number): Promise<MetricFact[]> {
  return [...await readFeed(reading, profile, graceMinutes), ...await readRuns(reading), ...await readOutbox(reading), ...await readTexts(reading, profile)]
}

const gauge = (name: string, help: string, ...values: readonly (number | null)[]): MetricFact =>
  ({ name, help, type: 'gauge', samples: values.flatMap((value) => (value === null ? [] : [{ value }])) })
const counter = (name: string, help: string, value: number): MetricFact => ({ name, help, type: 'counter', samples: [{ value }] })

async function readFeed(reading: Reading, profile: CourtProfile, graceMinutes: number): Promise<MetricFact[]> {
  const { lastTakenAt, untaken, dueEvening, waitingEvening } = await readFeedLag(reading, profile, graceMinutes)
  return [
    gauge('ttc_feed_lag_seconds', 'Since the newest new or changed record was taken in.', secondsSince(lastTakenAt, reading.now)),
    gauge('ttc_changes_untaken', `Docket changes that wait for the next evening, counted up to ${mostCounted}.`, untaken.count),
    gauge('ttc_evening_overdue', '1 while an evening is due for longer than the grace, or else 0.', dueEvening?.isLate === true ? 1 : 0),
    gauge('ttc_evening_waiting_for_yes', '1 while an evening waits for the yes of an operator (I7), or else 0.', waitingEvening === null ? 0 : 1),
  ]
}

const secondsSince = (instant: Date | null, now: Date): number | null => (instant === null ? null : Math.max(0, (now.getTime() - instant.getTime()) / 1000))

/** One row an evening: few enough to add up. */
async function readRuns({ tx }: Reading): Promise<MetricFact[]> {
  const total = { changes: sum(digestRuns.changes), notices: sum(digestRuns.notices), emails: sum(digestRuns.emails), texts: sum(digestRuns.texts), reminders: sum(digestRuns.reminders) }
  const [all] = await tx.select({ runs: count(), ...total }).from(digestRuns)
  const [last] = await tx.select().from(digestRuns).orderBy(desc(digestRuns.id)).limit(1)
  const of = (value: unknown): number => Number(value ?? 0)
  return [
    counter('ttc_evening_runs_total', 'Runs of evenings.', of(all?.runs)),
    counter('ttc_evening_changes_taken_total', 'Docket changes that evenings took.', of(all?.changes)),
    counter('ttc_evening_notices_planned_total', 'Notices that evenings owed.', of(all?.notices)),
    counter('ttc_evening_emails_planned_total', 'E-mails that evenings owed: a bundle of notices is one.', of(all?.emails)),
    counter('ttc_evening_texts_planned_total', 'Texts that evenings owed.', of(all?.texts)),
    counter('ttc_evening_reminders_planned_total', 'Hearings and payments told in them.', of(all?.reminders)),
    gauge('ttc_evening_last_run_timestamp_seconds', 'When the last run began.', last ? last.startedAt.getTime() / 1000 : null),
    gauge('ttc_evening_last_run_duration_seconds', 'How long the last run took until its notices were in the outbox.', last ? (last.finishedAt.getTime() - last.startedAt.getTime()) / 1000 : null),
    gauge('ttc_evening_last_run_notices', 'Notices that the last run owed.', last?.notices ?? null),
  ]
}

async function readOutbox(reading: Reading): Promise<MetricFact[]> {
  const { kinds, settledAmong, oldestDueAt } = await countOutbox(reading)
  const samplesOf = (isSettled: boolean) => kinds.flatMap(({ kind, states }) => messageStates.filter((state) => settledStates.includes(state) === isSettled)
    .map((state) => ({ labels: { kind, state }, value: states[state].count })))
  return [
    { name: 'ttc_outbox_messages', help: `Messages that are open or went wrong, each counted up to ${mostCounted}.`, type: 'gauge', samples: samplesOf(false) },
    { name: 'ttc_outbox_newest_settled', help: `Messages sent, delivered or cancelled among the newest ${settledAmong}.`, type: 'gauge', samples: samplesOf(true) },
    gauge('ttc_outbox_retrying', `Messages that wait for another try, counted up to ${mostCounted} a lane.`, await countRetrying(reading)),
    gauge('ttc_outbox_oldest_due_age_seconds', 'How long the message has been due that has waited longest; 0 when none is due.', secondsSince(oldestDueAt, reading.now) ?? 0),
  ]
}

async function countRetrying({ tx }: Reading): Promise<number> {
  let retrying = 0
  for (const lane of waitingLanes) {
    // Of those that wait only the first so many are looked at. Any moment at all: it says which index is meant.
    const some = tx.select({ attempts: messages.attempts }).from(messages).where(and(lane, gte(messages.dueAt, new Date(0)))).limit(mostCounted).as('some')
    const [row] = await tx.select({ count: count() }).from(some).where(gt(some.attempts, 0))
    retrying += row?.count ?? 0
  }
  return retrying
}

async function readTexts(reading: Reading, { limits }: CourtProfile): Promise<MetricFact[]> {
  return [
    gauge('ttc_verification_texts_last_day', 'Verification texts of the last 24 hours.', await countVerificationTexts(reading)),
    gauge('ttc_verification_texts_per_day_limit', 'How many of them there may be (S7).', limits.verificationTextsPerDay),
  ]
}
