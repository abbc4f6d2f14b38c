import { and, eq, gt, sql } from 'drizzle-orm'
import { rowsAtOnce } from '../../../db/columns.ts'
import { namePairs, nameWords } from '../../../db/schema.ts'
import { piecesOf } from '../../contract/pieces-of.ts'
import type { PartyRecord } from '../../contract/records.ts'
import type { Work } from '../../work.ts'
import { indexedPairs, indexedWords } from '../cases/indexed-words.ts'

/** Which names of a case: its caption has ordinal 0, its parties have theirs from 1. */
type Names = 'caption' | 'parties' | 'all'

interface IndexedName {
  readonly ordinal: number
  readonly words: readonly string[]
}

export interface CaseNames {
  /** Absent: the words of the caption stay as they are. */
  readonly caption?: string
  /** Absent: the words of the parties stay as they are. */
  readonly parties?: readonly Pick<PartyRecord, 'name'>[]
  /** A case that has no words yet. */
  readonly isNew: boolean
}

/** Makes these the words by which a case is found (A2). */
export async function putNameWords(work: Work, caseId: number, { caption, parties, isNew }: CaseNames): Promise<void> {
  if (!isNew && caption !== undefined) await dropNameWords(work, caseId, 'caption')
  if (!isNew && parties) await dropNameWords(work, caseId, 'parties')
  await putNames(work, caseId, [caption ?? '', ...(parties ?? []).map(({ name }) => name)].map((name, ordinal) => ({ ordinal, words: indexedWords(name) })))
}

/** A case is found no more by these names of it. Before a case goes, since its pairs of words do not go with it by themselves. */
export async function dropNameWords({ tx }: Work, caseId: number, names: Names): Promise<void> {
  const pairs = pairsOf(caseId, await namesOf(tx, caseId, names))
  for (const some of piecesOf(pairs, rowsPerStatement)) {
    await tx.delete(namePairs).where(sql`(${namePairs.word}, ${namePairs.otherWord}, ${namePairs.caseId}, ${namePairs.ordinal}) in (${rowsAtOnce(namePairs, some)})`)
  }
  await tx.delete(nameWords).where(isOf(caseId, names))
}

/** What found the one case by these names finds the other in its place. */
export async function moveNameWords(work: Work, names: Names, { from, into }: { readonly from: number; readonly into: number }): Promise<void> {
  const moved = await namesOf(work.tx, from, names)
  await dropNameWords(work, from, names)
  await dropNameWords(work, into, names)
  await putNames(work, into, moved)
}

const isOf = (caseId: number, names: Names) =>
  and(eq(nameWords.caseId, caseId), names === 'all' ? undefined : names === 'caption' ? eq(nameWords.ordinal, 0) : gt(nameWords.ordinal, 0))

async function namesOf(tx: Work['tx'], caseId: number, names: Names): Promise<IndexedName[]> {
  const rows = await tx.select({ ordinal: nameWords.ordinal, word: nameWords.word }).from(nameWords).where(isOf(caseId, names))
  return [...Map.groupBy(rows, (row) => row.ordinal)].map(([ordinal, of]) => ({ ordinal, words: of.map(({ word }) => word) }))
}

async function putNames({ tx }: Work, caseId: number, names: readonly IndexedName[]): Promise<void> {
  const words = names.values().flatMap(({ ordinal, words: of }) => of.map((word) => ({ word, caseId, ordinal })))
  for (const some of piecesOf(words, rowsPerStatement)) await tx.insert(nameWords).select(rowsAtOnce(nameWords, some))
  for (const some of piecesOf(pairsOf(caseId, names), rowsPerStatement)) await tx.insert(namePairs).select(rowsAtOnce(namePairs, some))
}

const pairsOf = (caseId: number, names: readonly IndexedName[]) =>
  names.values().flatMap(({ ordinal, words }) => indexedPairs(words).map((pair) => ({ ...pair, caseId, ordinal })))

// Of a case with thousands of parties not all rows are held at once.
const rowsPerStatement = 5_000
