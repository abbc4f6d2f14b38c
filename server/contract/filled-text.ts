/** Words that many recipients are told, with places for what belongs to one of them: made once, and filled for each. */
export class SharedText {
  /** What stands around the places: one more than there are places. */
  readonly pieces: readonly string[]
  /** Which of a recipient's words belongs behind each piece but the last. */
  readonly places: readonly number[]

  /** `place` finds the places in `text`; its only group is the number of the word that belongs there. */
  constructor(text: string, place: RegExp) {
    const inTurn = text.split(place)
    this.pieces = inTurn.filter((_, at) => at % 2 === 0)
    this.places = inTurn.filter((_, at) => at % 2 === 1).map(Number)
  }
}

/** A text as one recipient reads it. Whoever sends many of them can write out once what they share. */
export class FilledText {
  readonly shared: SharedText
  readonly words: readonly string[]

  constructor(shared: SharedText, words: readonly string[]) {
    this.shared = shared
    this.words = words
  }

  toString(): string {
    const { pieces, places } = this.shared
    let whole = pieces[0] ?? ''
    for (const [at, place] of places.entries()) whole += (this.words[place] ?? '') + (pieces[at + 1] ?? '')
    return whole
  }

  toJSON(): string {
    return this.toString()
  }
}
