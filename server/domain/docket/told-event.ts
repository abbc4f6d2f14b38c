import type { scheduledEvents } from '../../../db/schema.ts'
import type { FieldChange, ToldEventField } from '../../contract/vocabulary.ts'
import type { CaseFacts, Intake } from './intake.ts'

type Event = typeof scheduledEvents.$inferSelect

/** What is told of an event (F5), and whether it may be. */
export type ToldEventFacts = Pick<Event, 'startsAt' | 'place' | 'status' | 'security'>

/** An event's told fields as a change has them: an instant as ISO text in UTC, or text. */
export const toldEventFieldsOf = ({ startsAt, place, status }: ToldEventFacts): readonly (readonly [ToldEventField, string])[] =>
  [['startsAt', startsAt.toISOString()], ['place', place ?? ''], ['status', status]]

/** The told fields in which an event differs from what was known of it. */
export function toldEventDifferences(known: ToldEventFacts, told: ToldEventFacts): FieldChange<ToldEventField>[] {
  const before = new Map(toldEventFieldsOf(known))
  return toldEventFieldsOf(told).map(([field, to]) => ({ field, from: before.get(field) ?? '', to })).filter(({ from, to }) => from !== to)
}

/** Whether readers get to know a start that did not stand before: another one, or one that was cancelled or sealed. */
export const isStartAnew = (known: ToldEventFacts, next: ToldEventFacts): boolean =>
  known.startsAt.getTime() !== next.startsAt.getTime() ||
  (known.status === 'cancelled' && next.status === 'scheduled') ||
  (known.security === 'confidential' && next.security === 'public')

/** From when a start counts. What fell due before is owed once, by the next run, but not of history or what is not public (F5, I7). */
export const newStart = ({ now, isQuiet }: Intake, { security }: CaseFacts, next: ToldEventFacts): Pick<Event, 'startRecordedAt' | 'isStartUntaken'> =>
  ({ startRecordedAt: now, isStartUntaken: !isQuiet && security === 'public' && next.security === 'public' })
