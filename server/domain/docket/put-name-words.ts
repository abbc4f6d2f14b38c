import { and, eq, gt } from 'drizzle-orm'
import { nameWords } from '../../../db/schema.ts'
import type { PartyRecord } from '../../contract/records.ts'
import type { Work } from '../../work.ts'
import { indexedWords } from '../cases/indexed-words.ts'

// A statement takes 32,766 values; a word is three.
const wordsPerStatement = 5_000

export interface CaseNames {
  /** Absent: the words of the caption stay as they are. */
  readonly caption?: string
  /** Absent: the words of the parties stay as they are. */
  readonly parties?: readonly Pick<PartyRecord, 'name'>[]
  /** A case that has no words yet. */
  readonly isNew: boolean
}

/** Makes these the words by which a case is found (A2): its caption's with ordinal 0, its parties' from 1. */
export async function putNameWords({ tx }: Work, caseId: number, { caption, parties, isNew }: CaseNames): Promise<void> {
  if (!isNew && caption !== undefined) await tx.delete(nameWords).where(and(eq(nameWords.caseId, caseId), eq(nameWords.ordinal, 0)))
  if (!isNew && parties) await tx.delete(nameWords).where(and(eq(nameWords.caseId, caseId), gt(nameWords.ordinal, 0)))
  const rows = [
    ...indexedWords(caption ?? '').map((word) => ({ word, caseId, ordinal: 0 })),
    ...(parties ?? []).flatMap(({ name }, index) => indexedWords(name).map((word) => ({ word, caseId, ordinal: index + 1 }))),
  ]
  for (let from = 0; from < rows.length; from += wordsPerStatement) {
    await tx.insert(nameWords).values(rows.slice(from, from + wordsPerStatement))
  }
}
