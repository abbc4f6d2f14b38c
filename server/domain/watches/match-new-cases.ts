import { caseNumberKey } from '../../contract/case-number.ts'
import type { CaseSearch } from '../../contract/case-search.ts'
import { askedWords } from '../cases/asked-words.ts'
import type { Filter } from '../cases/collect-matches.ts'
import type { WordRange } from '../cases/search-drivers.ts'
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
function casesNamed(words: readonly NewWord[], asked: readonly WordRange[]): Set<number> {
  const [first, ...others] = asked.map((range) => wordsWithin(words, range)).sort((a, b) => a.length - b.length)
  if (!first || first.length === 0) return new Set()
  const rest = others.map((some) => Map.groupBy(some, nameOf))
  return new Set(first.filter((word) => hasOwn([word.word], rest.map((names) => names.get(nameOf(word)) ?? []))).map(({ caseId }) => caseId))
}

/** Whether a word can be picked of each list that was not taken before. */
const hasOwn = (taken: readonly string[], [first, ...others]: readonly (readonly NewWord[])[]): boolean =>
  first === undefined || first.some(({ word }) => !taken.includes(word) && hasOwn([...taken, word], others))

const nameOf = ({ caseId, ordinal }: NewWord): string => `${caseId}/${ordinal}`

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
