import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm'
import { cases, courts, docketChanges, docketEntries, subscriptions } from '../../../db/schema.ts'
import { dayOf } from '../../contract/court-time.ts'
import type { EntryPreviewView } from '../../contract/entry-preview-view.ts'
import { Refusal } from '../../contract/refusals.ts'
import { entryChoices } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { isChosen } from './entry-choice.ts'

const daysShown = 90
const mostChanges = 2_000
const mostListed = 50

/**
 * What the last 90 days of a tracked case would have sent under each choice of entries: on how many evenings and of how many entries,
 * had one been held every day, and the entries themselves, newest first. Refuses `notFound` for a subscription of somebody else or a
 * case that is not public any more.
 */
export async function previewEntryChoice(
  { tx, now }: Reading, profile: CourtProfile, { subscriptionId, subscriberId }: { readonly subscriptionId: number; readonly subscriberId: number },
): Promise<EntryPreviewView> {
  const [found] = await tx.select({ caseId: cases.id, number: cases.number, timeZone: courts.timeZone, choice: subscriptions.entryChoice }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .innerJoin(courts, eq(courts.code, cases.court))
    .where(and(eq(subscriptions.id, subscriptionId), eq(subscriptions.subscriberId, subscriberId)))
  if (!found) throw new Refusal('notFound', 'Not found.')
  const changes = await tx.select({
    day: docketChanges.recordedAt, entry: { id: docketEntries.id, code: docketEntries.code, description: docketEntries.description, filedOn: docketEntries.filedOn },
  }).from(docketChanges)
    .innerJoin(docketEntries, and(eq(docketEntries.id, docketChanges.entryId), eq(docketEntries.security, 'public')))
    .where(and(
      eq(docketChanges.caseId, found.caseId), gte(docketChanges.recordedAt, new Date(now.getTime() - daysShown * 86_400_000)),
      sql`not ${docketChanges.isQuiet}`, inArray(docketChanges.kind, ['added', 'updated', 'voided']),
    ))
    .orderBy(asc(docketChanges.id)).limit(mostChanges)
  return {
    caseNumber: found.number,
    choice: found.choice,
    choices: entryChoices.map((choice) => {
      const told = changes.filter(({ entry }) => isChosen(profile, choice, entry))
      const entries = [...new Map(told.map(({ entry }) => [entry.id, entry])).values()].reverse()
      return {
        choice,
        evenings: new Set(told.map(({ day }) => dayOf(day, profile.timeZone))).size,
        entries: entries.length,
        list: entries.slice(0, mostListed).map(({ description, filedOn }) => ({ description, filedOn })),
      }
    }),
  }
}
