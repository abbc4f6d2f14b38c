import { max } from 'drizzle-orm'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import { rowsAtOnce } from '../../../db/columns.ts'
import { cases, docketChanges, docketEntries, namePairs, nameWords, parties } from '../../../db/schema.ts'
import { piecesOf } from '../../contract/pieces-of.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work, Workplace } from '../../work.ts'
import { indexedPairs } from '../cases/indexed-words.ts'
import { plainCases, type PlainCase } from './plain-cases.ts'

// Measured: 2,000 take a quarter more time, in which the same pages of indexes are written again. Other writers wait for about a second.
const casesPerTransaction = 10_000
// Their pairs of words lie all over their table: the more come in its order, the fewer pages each of them writes.
const casesPerPairing = 200_000
const pairsPerTransaction = 50_000

/** Pairs of words that are still to be written, by their first word. */
type Pairs = Map<string, Omit<typeof namePairs.$inferInsert, 'word'>[]>

/** Adds so many cases with a short history of which nobody is told: by the row and not by the record. Gives the rows it wrote. */
export async function putPlainCases(
  workplace: Workplace, profile: CourtProfile, { seed, count }: { seed: number; count: number }, onProgress: (done: number) => void,
): Promise<void> {
  const { tx, now } = workplace.reading()
  const [last] = await tx.select({ id: max(cases.id) }).from(cases)
  let some: PlainCase[] = []
  let pairs: Pairs = new Map()
  let done = 0
  async function put(): Promise<void> {
    const taken = some
    some = []
    await workplace.inOneTransaction((work) => putSome(work, taken, pairs))
    onProgress(done += taken.length)
    await letOthersRun()
    if (done % casesPerPairing < taken.length || done === count) {
      await putPairs(workplace, pairs)
      pairs = new Map()
    }
  }
  for (const one of plainCases(profile, now, { seed, count, after: last?.id ?? 0 })) {
    if (some.push(one) >= casesPerTransaction) await put()
  }
  if (some.length > 0) await put()
}

async function putSome({ tx }: Work, some: readonly PlainCase[], pairs: Pairs): Promise<void> {
  const caseIds = inOrder(await tx.insert(cases).select(rowsAtOnce(cases, some.map(({ row }) => row))).returning({ id: cases.id }), some.length)
  const ofEach = <T>(listOf: (one: PlainCase) => readonly T[]) => some.flatMap((one, at) => listOf(one).map((row) => ({ caseId: caseIds[at] ?? 0, ...row })))
  await tx.insert(parties).select(rowsAtOnce(parties, ofEach((one) => one.parties)))
  const words = ofEach(({ names }) => names.flatMap((of, ordinal) => of.map((word) => ({ word, ordinal }))))
  // As the index has them: rows that come in its order find their page at hand.
  words.sort((a, b) => compare(a.word, b.word) || a.caseId - b.caseId)
  await tx.insert(nameWords).select(rowsAtOnce(nameWords, words))
  for (const [at, { names }] of some.entries()) {
    for (const [ordinal, of] of names.entries()) {
      for (const { word, otherWord } of indexedPairs(of)) {
        const row = { otherWord, caseId: caseIds[at] ?? 0, ordinal }
        const others = pairs.get(word)
        if (others) others.push(row)
        else pairs.set(word, [row])
      }
    }
  }
  const entries = ofEach((one) => one.entries)
  const entryIds = inOrder(
    await tx.insert(docketEntries).select(rowsAtOnce(docketEntries, entries)).returning({ id: docketEntries.id }), entries.length,
  )
  await tx.insert(docketChanges).select(rowsAtOnce(docketChanges, entries.map(({ caseId, lastActivityAt }, at) => (
    { caseId, entryId: entryIds[at] ?? 0, kind: 'added' as const, recordedAt: lastActivityAt, isQuiet: true }
  ))))
}

async function putPairs(workplace: Workplace, pairs: Pairs): Promise<void> {
  const rowsInOrder = [...pairs].sort(([a], [b]) => compare(a, b)).values()
    .flatMap(([word, others]) => others.sort((a, b) => compare(a.otherWord, b.otherWord) || a.caseId - b.caseId).map((other) => ({ word, ...other })))
  for (const rows of piecesOf(rowsInOrder, pairsPerTransaction)) {
    await workplace.inOneTransaction(({ tx }) => tx.insert(namePairs).select(rowsAtOnce(namePairs, rows)))
    await letOthersRun()
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The ids of rows that were added at once, in the order of the rows. */
export function inOrder(added: readonly { readonly id: number }[], expected: number): number[] {
  if (added.length !== expected) throw new Error('Rows were not added.')
  return added.map(({ id }) => id).sort((a, b) => a - b)
}
