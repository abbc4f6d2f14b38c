import { SegmentedMessage } from 'sms-segments-calculator'

// What stands for the same thing in the letters of GSM. Accents that GSM lacks are left off by rule.
const sameInGsm: Readonly<Record<string, string>> = {
  '\u2018': "'", '\u2019': "'", '\u201A': "'", '\u201B': "'", '\u2032': "'", '\u02BC': "'", '\u00B4': "'", '`': "'",
  '\u201C': '"', '\u201D': '"', '\u201E': '"', '\u201F': '"', '\u2033': '"', '\u00AB': '"', '\u00BB': '"',
  '\u2039': "'", '\u203A': "'",
  '\u2010': '-', '\u2011': '-', '\u2012': '-', '\u2013': '-', '\u2014': '-', '\u2015': '-', '\u2212': '-', '\u2022': '-', '\u00B7': '-',
  '\u2026': '...', '\u2044': '/', '\u00D7': 'x', '\u00F7': '/', '\u00A9': '(c)', '\u00AE': '(R)', '\u00B6': 'par.',
  '\u0142': 'l', '\u0141': 'L', '\u0111': 'd', '\u0110': 'D', '\u0131': 'i', '\u0153': 'oe', '\u0152': 'OE',
  '\u00FE': 'th', '\u00DE': 'Th', '\u00F0': 'd', '\u00D0': 'D', '\u02BB': "'",
}

const known = new Map<string, boolean>()
/** More than any court's words need; what comes after is asked each time. */
const mostKnown = 2000

/** Whether one character is a letter of GSM, one of its twofold ones included. */
export function isGsm(character: string): boolean {
  let answer = known.get(character)
  if (answer === undefined) {
    answer = new SegmentedMessage(character).encodingName === 'GSM-7'
    if (known.size < mostKnown) known.set(character, answer)
  }
  return answer
}

/** The same in letters of GSM: typographic marks in plain ones, accents that GSM lacks left off. Null where it cannot be said so. */
export function inGsmLetters(text: string): string | null {
  let said = ''
  for (const character of text) {
    const same = isGsm(character) ? character : sameInGsm[character] ?? sameInGsm[character.normalize('NFKC')] ?? plain(character)
    if (same === null) return null
    said += same
  }
  return said
}

/** Compatibility forms such as ligatures and full-width letters taken apart, marks left off; null where that leaves no GSM letter. */
function plain(character: string): string | null {
  const letters = Array.from(character.normalize('NFKD').replace(/\p{Mn}/gu, ''), (one) => sameInGsm[one] ?? one).join('')
  return letters !== '' && Array.from(letters).every(isGsm) ? letters : null
}
