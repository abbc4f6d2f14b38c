import { nameWords } from '../../contract/case-number.ts'

// An index of Postgres takes no more than 2,704 bytes a row.
const longestWord = 100

/** The words by which a name is found, as the index has them and a search asks for them (A2): of a very long one its beginning. */
export const indexedWords = (name: string): string[] =>
  [...new Set(nameWords(name).map((word) => (word.length <= longestWord ? word : Array.from(word).slice(0, longestWord).join(''))))]
