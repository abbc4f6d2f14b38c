import { fieldOf } from '../../contract/field-of.ts'
import type { docketChanges } from '../../../db/schema.ts'
import type { ToldFact } from '../outbox/message-content.ts'

type Subject = Pick<typeof docketChanges.$inferSelect, 'entryId' | 'eventId'>

/** What a change is of: an entry, an event, or the case itself, which was opened again. */
export const subjectOf = ({ entryId, eventId }: Subject): string => (eventId === null ? `entry ${entryId}` : `event ${eventId}`)

/** Of what a fact tells a change; undefined where it tells none. */
export function toldSubject(fact: ToldFact): string | undefined {
  if ('entryId' in fact) return subjectOf({ entryId: fact.entryId, eventId: null })
  return fact.mark === 'Hearing' ? subjectOf({ entryId: null, eventId: fact.eventId }) : undefined
}

/** What the content of a notice tells; undefined where it is not kept. */
export function factsIn(payload: unknown): readonly ToldFact[] | undefined {
  const told = fieldOf(payload, 'told')
  return Array.isArray(told) ? told : undefined
}
