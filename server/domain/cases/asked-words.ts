import { indexedWords } from './indexed-words.ts'
import { afterAllOf, type WordRange } from './search-drivers.ts'

/** A name has few words; of a long text the longest ones tell most. */
const maxWords = 10

/** The words that a search asks one name to have, each as the range of words that it stands for, the longest first (A2). */
export const askedWords = (typed: string): WordRange[] =>
  indexedWords(typed).sort((a, b) => b.length - a.length).slice(0, maxWords).map(rangeOf)

/** Two letters or more stand for every word that begins so; a single one, an initial, for itself. */
const rangeOf = (word: string): WordRange => ({ low: word, high: /^.$/u.test(word) ? `${word}\u0001` : afterAllOf(word) })
