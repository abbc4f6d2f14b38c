import type { Court, CourtProfile } from '../../profile/schema.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')

/**
 * Two letters for each court of the profile that has counties, as its case numbers carry them: from its own name, each
 * pair once. A court without counties (an appellate one) has none.
 */
export function courtLetters(profile: CourtProfile): ReadonlyMap<string, string> {
  const letters = new Map<string, string>()
  const used = new Set<string>()
  for (const court of profile.courts) {
    if (court.counties.length === 0) continue
    const pair = pairsOf(court).find((one) => !used.has(one))
    if (pair === undefined) continue
    used.add(pair)
    letters.set(court.code, pair)
  }
  return letters
}

function pairsOf({ shortName }: Court): string[] {
  const name = shortName.normalize('NFKD').toUpperCase().replace(/\b(COUNTY|CITY OF)\b/g, '').replace(/[^A-Z]/g, '')
  const first = name.charAt(0) || 'X'
  return [...name.slice(1).split(''), ...alphabet].map((second) => first + second)
    .concat(alphabet.flatMap((one) => alphabet.map((other) => one + other)))
}
