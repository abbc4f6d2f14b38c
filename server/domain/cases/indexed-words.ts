import { nameWords } from '../../contract/case-number.ts'
import type { WordRange } from './word-ranges.ts'

// An index of Postgres takes no more than 2,704 bytes a row.
const longestWord = 100

/** The words by which a name is found, as the index has them and a search asks for them (A2): of a very long one its beginning. */
export const indexedWords = (name: string): string[] =>
  [...new Set(nameWords(name).map((word) => (word.length <= longestWord ? word : Array.from(word).slice(0, longestWord).join(''))))]

/** Two words of a name. No other word: the name has so many that each stands by itself. */
export interface WordPair {
  readonly word: string
  readonly otherWord: string
}

// What stands between names and says nothing of them. Whoever changes this, or how many words are paired, makes all pairs
// anew in a migration: what a case leaves when it goes is reckoned from them.
const joiningWords = ['and', 'et', 'in', 'of', 're', 'the', 'v', 'vs']
// They make 132 pairs.
const mostPairedWords = 12

/** Whether every name that has a word from `low` to before `high` is found by it and another together. */
export const isPaired = ({ low, high }: WordRange): boolean => !joiningWords.some((word) => low <= word && word < high)

/** The pairs of words by which a name with these words is found, each in either order. */
export function indexedPairs(words: readonly string[]): WordPair[] {
  const paired = words.filter((word) => !joiningWords.includes(word))
  if (paired.length > mostPairedWords) return paired.map((word) => ({ word, otherWord: '' }))
  return paired.flatMap((word) => paired.filter((other) => other !== word).map((otherWord) => ({ word, otherWord })))
}
