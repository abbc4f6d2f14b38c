import { indexedWords } from './indexed-words.ts'
import { afterAllOf, type WordRange } from './search-drivers.ts'

/** A word that a search asks a name to have (A2). */
export interface AskedWord extends WordRange {
  /** How many words of the name must lie in the range: as many as were typed that do. So each has a word of its own. */
  readonly need: number
}

/** A name has few words; of a long text the longest ones tell most. */
const maxWords = 10

/** The words that a search asks one name to have, each as the range of words that it stands for, the longest first (A2). */
export function askedWords(typed: string): AskedWord[] {
  const words = indexedWords(typed).sort((a, b) => b.length - a.length).slice(0, maxWords)
  return words.map((word) => ({ ...rangeOf(word), need: isInitial(word) ? 1 : words.filter((other) => other.startsWith(word)).length }))
}

const isInitial = (word: string): boolean => /^.$/u.test(word)

/** Two letters or more stand for every word that begins so; a single one, an initial, for itself. */
const rangeOf = (word: string): WordRange => ({ low: word, high: isInitial(word) ? `${word}\u0001` : afterAllOf(word) })
