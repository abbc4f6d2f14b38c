import { eq } from 'drizzle-orm'
import { cases, courts, docketChanges, docketEntries, parties, scheduledEvents, scheduledPayments } from '../../db/schema.ts'
import { caseNumberKey } from '../contract/case-number.ts'
import { dayOf } from '../contract/court-time.ts'
import { putNameWords } from '../domain/docket/name-words.ts'
import type { Work } from '../work.ts'

// Rows put down directly, for tests of what reads them. Whatever a test does not say is an ordinary, public thing.

type CaseRow = typeof cases.$inferInsert
type EntryRow = typeof docketEntries.$inferInsert
type EventRow = typeof scheduledEvents.$inferInsert
type PaymentRow = typeof scheduledPayments.$inferInsert

let lastSource = 0
const newSourceId = (): string => `source-${++lastSource}`

/** A court that the profile does not list, in the profile's default zone, taking part unless said otherwise. */
export async function putCourt({ tx }: Work, court: Partial<typeof courts.$inferInsert> & { code: string }): Promise<void> {
  await tx.insert(courts).values({
    name: `Court ${court.code}`, shortName: court.code, timeZone: 'America/Chicago', isTakingPart: true, isInProfile: false, ...court,
  })
}

export interface PartyToPut {
  readonly name: string
  readonly role?: string
  readonly attorney?: string
}

/** A case with its parties and the words it is found by; answers its id. Its court must stand: the default is 13-BOONE. */
export async function putCase(
  work: Work, { parties: people = [], ...facts }: Partial<CaseRow> & { number: string; parties?: readonly PartyToPut[] },
): Promise<number> {
  const { tx, now } = work
  const row = {
    court: '13-BOONE', caption: 'Harbor v. Lowell', caseType: 'CV', filedOn: '2026-08-14', status: 'open', security: 'public',
    recordedAt: now, numberKey: caseNumberKey(facts.number), ...facts,
  } satisfies CaseRow
  const [made] = await tx.insert(cases).values(row).returning({ id: cases.id })
  if (!made) throw new Error('The case was not put.')
  const caseId = made.id
  if (people.length > 0) {
    await tx.insert(parties).values(people.map(({ name, role = 'Party', attorney = null }, at) => ({ caseId, ordinal: at + 1, name, role, attorney })))
  }
  await putNameWords(work, caseId, { caption: row.caption, parties: people, isNew: true })
  return caseId
}

/** A docket entry that arrived now, with the change that says so; answers both ids. `isQuiet`: history, no notice (I7). */
export async function putEntry(
  { tx, now }: Work, caseId: number, { isQuiet = false, ...facts }: Partial<EntryRow> & { isQuiet?: boolean } = {},
): Promise<{ entryId: number; changeId: number }> {
  const [made] = await tx.insert(docketEntries).values({
    caseId, sourceId: newSourceId(), filedOn: dayOf(facts.filedAt ?? now, 'America/Chicago'), filedAt: null, code: 'MOT',
    description: 'Motion filed', text: '', status: 'active', security: 'public', lastActivityAt: now, ...facts,
  }).returning({ id: docketEntries.id })
  if (!made) throw new Error('The entry was not put.')
  const [change] = await tx.insert(docketChanges).values({ caseId, entryId: made.id, kind: 'added', recordedAt: now, isQuiet })
    .returning({ id: docketChanges.id })
  if (!change) throw new Error('The change was not put.')
  await tx.update(cases).set({ lastActivityAt: now }).where(eq(cases.id, caseId))
  return { entryId: made.id, changeId: change.id }
}

/** A scheduled event that no run has seen; answers its id. */
export async function putEvent({ tx, now }: Work, caseId: number, facts: Partial<EventRow> & { startsAt: Date }): Promise<number> {
  const [made] = await tx.insert(scheduledEvents).values({
    caseId, sourceId: newSourceId(), kind: 'Hearing', status: 'scheduled', security: 'public', sequence: 0, recordedAt: now,
    lastActivityAt: now, startRecordedAt: now, isStartUntaken: true, ...facts,
  }).returning({ id: scheduledEvents.id })
  if (!made) throw new Error('The event was not put.')
  return made.id
}

/** An instalment of plan P-1, 50 dollars, that no run has seen, unless said otherwise; answers its id. */
export async function putPayment({ tx, now }: Work, caseId: number, facts: Partial<PaymentRow> & { dueOn: string }): Promise<number> {
  const [made] = await tx.insert(scheduledPayments).values({
    caseId, plan: 'P-1', person: 'Lowell, Ada', amountDueCents: 5_000, pastDueCents: 0, status: 'due', recordedAt: now,
    lastActivityAt: now, isUntaken: true, ...facts,
  }).returning({ id: scheduledPayments.id })
  if (!made) throw new Error('The payment was not put.')
  return made.id
}
