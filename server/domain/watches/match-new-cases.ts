import { caseNumberKey } from '../../contract/case-number.ts'
import type { CaseSearch } from '../../contract/case-search.ts'
import { askedWords } from '../cases/asked-words.ts'
import type { Filter } from '../cases/collect-matches.ts'
import type { AskedWord, WordRange } from '../cases/word-ranges.ts'
import { compareCodePoints, type NewCase, type NewCases, type NewWord } from './new-cases.ts'

/** What a search found among new cases, by each way in which its words can be meant. */
export interface NewMatches {
  /** By what they are: of a search without words. */
  readonly facts: number[]
  readonly numbers: number[]
  readonly names: number[]
}

/**
 * The ids of those new cases that the search finds, in memory and by the very rules of `searchCases` (A1, A2): all words in
 * one name, a number that begins so, and the filter. Whether words are a number or a name is left to who asks.
 */
export function matchNewCases({ q }: Pick<CaseSearch, 'q'>, filter: Filter, { cases, words }: NewCases): NewMatches {
  const passes = ({ court, caseType, status, filedOn }: NewCase): boolean =>
    (filter.courts === null || filter.courts.includes(court)) && (filter.type === null || filter.type === caseType)
    && (filter.status === null || filter.status === status)
    && (filter.from === null || (filedOn !== null && filedOn >= filter.from)) && (filter.to === null || (filedOn !== null && filedOn <= filter.to))
  const idsOf = (isMeant: (one: NewCase) => boolean): number[] => cases.filter((one) => isMeant(one) && passes(one)).map(({ id }) => id)
  if (q === '') return { facts: idsOf(() => true), numbers: [], names: [] }
  const key = caseNumberKey(q)
  const named = casesNamed(words, askedWords(q))
  return {
    facts: [],
    numbers: key === '' ? [] : idsOf(({ numberKey }) => numberKey.startsWith(key)),
    names: named.size === 0 ? [] : idsOf(({ id }) => named.has(id)),
  }
}

/** Cases of which one name has a word of its own for each of these. */
function casesNamed(words: readonly NewWord[], asked: readonly AskedWord[]): Set<number> {
  const [first, ...others] = asked.map((one) => namesWith(words, one)).sort((a, b) => a.size - b.size)
  return new Set([...first ?? []].flatMap(([name, caseId]) => (others.every((names) => names.has(name)) ? [caseId] : [])))
}

/** The names that have as many words of the range as it needs, each with its case. */
function namesWith(words: readonly NewWord[], asked: AskedWord): Map<string, number> {
  const names = new Map<string, number>()
  for (const [name, within] of Map.groupBy(wordsWithin(words, asked), ({ caseId, ordinal }) => `${caseId}/${ordinal}`)) {
    const [word] = within
    if (word && within.length >= asked.need) names.set(name, word.caseId)
  }
  return names
}

const wordsWithin = (words: readonly NewWord[], { low, high }: WordRange): readonly NewWord[] => words.slice(firstFrom(words, low), firstFrom(words, high))

/** Where the words begin that do not come before this one. */
function firstFrom(words: readonly NewWord[], word: string): number {
  let [from, to] = [0, words.length]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (compareCodePoints(words[middle]?.word ?? '', word) < 0) from = middle + 1
    else to = middle
  }
  return from
}
