import { inArray } from 'drizzle-orm'
import { messageContents, type docketChanges } from '../../../db/schema.ts'
import { fieldOf } from '../../contract/field-of.ts'
import type { Work } from '../../work.ts'
import type { ToldFact } from '../outbox/message-content.ts'

/** What a change is of: an entry, an event, or the case itself, which was opened again. */
export const subjectOf = ({ entryId, eventId }: Pick<typeof docketChanges.$inferSelect, 'entryId' | 'eventId'>): string =>
  (eventId === null ? `entry ${entryId}` : eventSubject(eventId))

export const eventSubject = (eventId: number): string => `event ${eventId}`
export const paymentSubject = (paymentId: number): string => `payment ${paymentId}`

/** Of what a fact tells something; undefined where it only names it. */
export function toldSubject(fact: ToldFact): string | undefined {
  if ('entryId' in fact) return subjectOf({ entryId: fact.entryId, eventId: null })
  return fact.mark === 'Hearing' ? eventSubject(fact.eventId) : fact.mark === 'Payment' ? paymentSubject(fact.paymentId) : undefined
}

/** What the content of a notice tells; undefined where it is not kept. */
export function factsIn(payload: unknown): readonly ToldFact[] | undefined {
  const told = fieldOf(payload, 'told')
  return Array.isArray(told) ? told : undefined
}

/** Whether each of these contents tells something of a subject; of one that is not kept, that it does. */
export async function readToldSubjects({ tx }: Work, contentIds: readonly number[]): Promise<(contentId: number, subject: string) => boolean> {
  const ids = [...new Set(contentIds)]
  const rows = ids.length === 0 ? [] : await tx.select({ id: messageContents.id, payload: messageContents.payload }).from(messageContents).where(inArray(messageContents.id, ids))
  const subjects = new Map(rows.map(({ id, payload }) => {
    const facts = factsIn(payload)
    return [id, facts && new Set(facts.map(toldSubject))]
  }))
  return (contentId, subject) => subjects.get(contentId)?.has(subject) ?? true
}
