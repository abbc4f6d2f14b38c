import { and, asc, desc, eq } from 'drizzle-orm'
import { docketChanges } from '../../../db/schema.ts'
import type { FieldChange, ToldEventField } from '../../contract/vocabulary.ts'
import { isUntaken } from '../digest/take-changes.ts'
import type { CaseFacts, Intake } from './intake.ts'
import { silenceEvent } from './silence-changes.ts'
import { toldEventFieldsOf, type ToldEventFacts } from './told-event.ts'
import { withdrawEventContents } from './withdraw-contents.ts'

/**
 * Keeps from leaving what was to be told of an event that is sealed (A9), and writes down how readers knew it before: a
 * quiet change in which nothing differs. `known` is how it stood in public.
 */
export async function sealEvent(intake: Intake, { id: caseId }: CaseFacts, eventId: number, known: ToldEventFacts): Promise<void> {
  const { tx, now } = intake
  const stood = new Map<string, string>(toldEventFieldsOf(known))
  const untold = await tx.select({ fields: docketChanges.fields }).from(docketChanges)
    .where(and(eq(docketChanges.eventId, eventId), isUntaken)).orderBy(asc(docketChanges.id))
  // What no run has told of it, readers do not know.
  for (const { field, from } of untold.toReversed().flatMap(({ fields }) => fields ?? [])) stood.set(field, from)
  await silenceEvent(intake, eventId)
  await tx.insert(docketChanges).values({
    caseId, eventId, kind: 'rescheduled', recordedAt: now, isQuiet: true,
    fields: toldEventFieldsOf(known).map(([field]) => ({ field, from: stood.get(field) ?? '', to: stood.get(field) ?? '' })),
  })
  await withdrawEventContents(intake, caseId, eventId)
}

/** In what an event that is public again differs from how readers knew it before it was sealed (F5); never what it was while it was. */
export async function differencesSinceSealing({ tx }: Intake, eventId: number, next: ToldEventFacts): Promise<FieldChange<ToldEventField>[]> {
  const quiet = await tx.select({ fields: docketChanges.fields }).from(docketChanges)
    .where(and(eq(docketChanges.eventId, eventId), eq(docketChanges.isQuiet, true))).orderBy(desc(docketChanges.id))
  const sealing = quiet.map(({ fields }) => fields ?? []).find((fields) => fields.length > 0 && fields.every(({ from, to }) => from === to))
  if (!sealing) return []
  const stood = new Map<string, string>(sealing.map(({ field, from }) => [field, from]))
  return toldEventFieldsOf(next).map(([field, to]) => ({ field, from: stood.get(field) ?? to, to })).filter(({ from, to }) => from !== to)
}
