import { indexedWords } from './indexed-words.ts'
import { afterAllOf, type AskedWord, type WordRange } from './word-ranges.ts'

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
