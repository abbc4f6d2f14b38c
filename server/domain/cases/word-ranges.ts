/** The words from `low` to before `high`, in the order of code points that the database compares in. */
export interface WordRange {
  readonly low: string
  readonly high: string
}

/** A word that a search asks a name to have (A2), as the range of words that it stands for. */
export interface AskedWord extends WordRange {
  /** How many words of the name must lie in the range: as many as were typed that do. So each has a word of its own. */
  readonly need: number
}

/** Comes after every text that begins as this one does. */
export const afterAllOf = (prefix: string): string => `${prefix}\u{10FFFF}`
