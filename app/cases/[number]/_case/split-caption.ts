/** The two sides of a case, and the word between them as it was written. */
export interface Sides {
  readonly first: string
  readonly versus: string
  readonly second: string
}

/**
 * Parts a caption at its " v. " or " vs. ", or gives null where it has none ("In re …"). Capitals count only where they
 * stand once and no small ones do, since " V. " is also a middle initial.
 */
export function splitCaption(caption: string): Sides | null {
  const small = /^(.*?\S)\s+(v\.|vs\.)\s+(\S.*)$/su.exec(caption)
  if (small) return sidesOf(small)
  const capital = /^(.*?\S)\s+(V\.|VS\.|Vs\.)\s+(\S.*)$/su.exec(caption)
  const again = capital?.[3] !== undefined && /\s(V\.|VS\.|Vs\.)\s/u.test(` ${capital[3]}`)
  return capital && !again ? sidesOf(capital) : null
}

function sidesOf([, first, versus, second]: RegExpExecArray): Sides | null {
  return first === undefined || versus === undefined || second === undefined ? null : { first, versus, second }
}
