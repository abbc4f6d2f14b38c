import { and, asc, eq, gt, gte, lte, max } from 'drizzle-orm'
import { cases, nameWords } from '../../../db/schema.ts'
import type { CaseStatus } from '../../contract/vocabulary.ts'
import type { Reading } from '../../work.ts'

/** A case that was recorded since, as far as a watch asks about it. */
export interface NewCase {
  readonly id: number
  readonly numberKey: string
  readonly court: string
  readonly caseType: string
  readonly status: CaseStatus
  readonly filedOn: string | null
}

/** One word of one name of a new case. */
export interface NewWord {
  readonly word: string
  readonly caseId: number
  readonly ordinal: number
}

/** Some new cases, with the words of all their names in the order of the words. */
export interface NewCases {
  readonly cases: readonly NewCase[]
  readonly words: readonly NewWord[]
}

// What is held in memory does not grow with the day (P5).
const atOnce = 1_000

/** The newest case, public or not: what a watch has seen when it begins. 0 while there is none. */
export async function newestCaseId({ tx }: Reading): Promise<number> {
  const [newest] = await tx.select({ id: max(cases.id) }).from(cases)
  return newest?.id ?? 0
}

/** The public cases recorded after one and up to another, without those that came as history (A6, I7), some at a time. */
export async function* newCasesBetween({ tx }: Reading, after: number, through: number): AsyncGenerator<NewCases> {
  for (let from = after; ;) {
    const found = await tx.select({
      id: cases.id, numberKey: cases.numberKey, court: cases.court, caseType: cases.caseType, status: cases.status, filedOn: cases.filedOn,
    }).from(cases)
      .where(and(gt(cases.id, from), lte(cases.id, through), eq(cases.security, 'public'), eq(cases.isHistory, false)))
      .orderBy(asc(cases.id)).limit(atOnce)
    const [first, last] = [found[0], found.at(-1)]
    if (!first || !last) return
    const ids = new Set(found.map(({ id }) => id))
    const words = (await tx.select({ word: nameWords.word, caseId: nameWords.caseId, ordinal: nameWords.ordinal }).from(nameWords)
      .where(and(gte(nameWords.caseId, first.id), lte(nameWords.caseId, last.id)))).filter(({ caseId }) => ids.has(caseId))
    yield { cases: found, words: words.sort((a, b) => compareCodePoints(a.word, b.word)) }
    from = last.id
  }
}

/** The order in which the databases compare texts, which is not that of JavaScript beyond the first 65,536 characters. */
export function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let at = 0; at < shorter; at += 1) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (one === other) continue
    const [isHalf, isOtherHalf] = [isSurrogate(one), isSurrogate(other)]
    return isHalf === isOtherHalf ? one - other : isHalf ? 1 : -1
  }
  return a.length - b.length
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff
