import { asc } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases, docketChanges, docketEntries, namePairs, nameWords, parties, scheduledEvents, scheduledPayments } from '../../../db/schema.ts'
import { caseStatuses, entryStatuses, securities } from '../../contract/vocabulary.ts'
import type { FeedRecord } from '../../contract/records.ts'
import { pairsAmiss } from '../../testing/pair-words.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'

const courtsUsed = ['13-BOONE', '19-COLE'] as const
const numbers = ['25BE-CR00311', '25BE-CR00312', '25BE-CC00007'] as const
const inCourt = fc.constantFrom(...courtsUsed)
const maybeInCourt = fc.option(inCourt, { freq: 3 })
const number = fc.constantFrom(...numbers)
const words = fc.constantFrom('', 'Motion to continue.', 'Granted.', 'Zażalenie “B”')

const record: fc.Arbitrary<FeedRecord> = fc.oneof(
  { weight: 3, arbitrary: fc.record({
    type: fc.constant('case'), number, court: inCourt, caption: fc.constantFrom('Harbor v. Lowell', 'In re Ødegård'),
    status: fc.constantFrom(...caseStatuses), security: fc.constantFrom(...securities),
    parties: fc.array(fc.record({ name: fc.constantFrom('Harbor, Ann', 'Lowell Co.'), role: fc.constant('Party') }), { maxLength: 3 }),
  }, { requiredKeys: ['type', 'number', 'court', 'caption'] }) },
  { weight: 5, arbitrary: fc.record({
    type: fc.constant('docketEntry'), case: number, court: maybeInCourt, id: fc.constantFrom('1', '2', '3', '4'),
    filedAt: fc.constantFrom('2026-11-20', '2026-11-20T23:30:00-06:00'), description: words.map((text) => `Entry ${text}`), text: words,
    status: fc.constantFrom(...entryStatuses), security: fc.constantFrom('public', 'public', 'confidential'),
  }, { requiredKeys: ['type', 'case', 'court', 'id', 'filedAt', 'description'] }) },
  fc.record({
    type: fc.constant('event'), case: number, court: maybeInCourt, id: fc.constantFrom('1', '2'),
    startsAt: fc.constantFrom('2026-12-01T09:00:00-06:00', '2026-12-02T09:00:00-06:00'), kind: fc.constant('Hearing'),
  }),
  fc.record({
    type: fc.constant('payment'), case: number, court: maybeInCourt, plan: fc.constant('P-1'), person: fc.constant('Harbor, Ann'),
    dueOn: fc.constantFrom('2026-12-10', '2027-01-10'), amountDueCents: fc.nat(10_000), pastDueCents: fc.constant(0),
  }),
)

/** What a record is about, so that a body speaks of each thing once: two versions of one thing have an order. */
const subject = (one: FeedRecord): string => {
  switch (one.type) {
    case 'case': return `${one.type} ${one.number} ${one.court}`
    case 'docketEntry':
    case 'event': return `${one.type} ${one.case} ${one.id}`
    case 'payment': return `${one.type} ${one.case} ${one.plan} ${one.dueOn}`
    default: return one.type
  }
}

/** All rows without their ids, in an order of their own. */
async function rowsOf(world: World): Promise<unknown> {
  const { tx } = world.reading()
  const known = new Map((await tx.select().from(cases)).map((one) => [one.id, `${one.court} ${one.number}`]))
  const entries = new Map((await tx.select().from(docketEntries)).map((one) => [one.id, one.sourceId]))
  const named = (rows: readonly { caseId: number; entryId?: number | null }[]) => rows
    .map(({ caseId, entryId, ...row }) => JSON.stringify({ ...row, id: 0, case: known.get(caseId), entry: entries.get(entryId ?? 0) }))
      .sort()
  return {
    cases: (await tx.select().from(cases).orderBy(asc(cases.court), asc(cases.number))).map((row) => ({ ...row, id: 0 })),
    parties: named(await tx.select().from(parties)),
    words: named(await tx.select().from(nameWords)),
    pairs: named(await tx.select().from(namePairs)),
    entries: named(await tx.select().from(docketEntries)),
    changes: named(await tx.select().from(docketChanges)),
    events: named(await tx.select().from(scheduledEvents)),
    payments: named(await tx.select().from(scheduledPayments)),
  }
}

async function afterTaking(body: readonly FeedRecord[]): Promise<{ rows: unknown; report: unknown; again: unknown }> {
  const world = await openWorld()
  try {
    const { rejected, ...report } = await takeAll(world, body)
    const rows = await rowsOf(world)
    expect(await pairsAmiss(world.reading())).toEqual([])
    const again = await takeAll(world, body)
    expect(await rowsOf(world)).toEqual(rows)
    expect(again).toMatchObject({ accepted: 0, unchanged: report.accepted })
    return { rows, report: { ...report, rejected: rejected.map((one) => one.reason).sort() }, again: again.rejected.length }
  } finally {
    await world.close()
  }
}

describe('a body that speaks of each thing once (I1)', () => {
  it('leaves the same rows and the same report in whatever order, and nothing more when repeated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(record, { selector: subject, maxLength: 14 }).chain((body) =>
          fc.tuple(fc.constant(body), fc.shuffledSubarray(body, { minLength: body.length }))),
        async ([body, shuffled]) => {
          expect(await afterTaking(shuffled)).toEqual(await afterTaking(body))
        },
      ),
      { numRuns: 25 },
    )
  }, 60_000)
})
