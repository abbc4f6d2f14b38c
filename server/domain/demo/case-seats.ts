import { addDays } from '../../contract/court-time.ts'
import type { Court, CourtProfile } from '../../profile/schema.ts'
import { courtLetters } from './court-letters.ts'
import { workday } from './court-moment.ts'
import { diceFor, type Dice } from './dice.ts'

/** Where an invented case stands: what its number says of it. */
export interface CaseSeat {
  /** Counts from 0 for each seed. */
  readonly index: number
  readonly court: Court
  readonly number: string
  readonly caseType: string
  readonly filedOn: string
}

/** Numbers that documents use as examples and no invented case may have. */
const reservedNumbers: ReadonlySet<string> = new Set(['26BA-CR01482'])

const typeWeights: Readonly<Record<string, number>> = {
  CR: 16, TR: 18, MU: 3, AC: 14, CC: 8, CV: 4, SC: 5, DR: 8, FC: 4, DP: 2, PN: 7, PR: 5, MC: 2, AP: 0,
}
const appealType = 'AP'

/** Courts of the shipped profile where many people live; every other court weighs 1. */
const courtWeights: Readonly<Record<string, number>> = {
  '21-STLOUIS': 30, '16-JACKSON': 25, '22-STLOUISCITY': 18, '11-STCHARLES': 14, '31-GREENE': 13, '7-CLAY': 9, '23-JEFFERSON': 9,
  '13-BOONE': 8, '29-JASPER': 6, '17-CASS': 5, '20-FRANKLIN': 5, '38-CHRISTIAN': 4, '6-PLATTE': 4, '19-COLE': 4, '5-BUCHANAN': 4,
}

/**
 * The seats of invented cases without end, the same for the same seed, profile and day: first one in each court of the
 * profile, then more where a court is busy.
 */
export function* caseSeats(profile: CourtProfile, today: string, seed: number): Generator<CaseSeat, never> {
  const dice = diceFor(seed, 'seats')
  const letters = courtLetters(profile)
  const pickCourt = pickCourtOf(profile.courts)
  const pickType = pickTypeOf(profile)
  const lastNumbers = new Map<string, number>()

  for (let index = 0; ;) {
    const court = profile.courts[index] ?? pickCourt(dice)
    const isAppellate = court.counties.length === 0
    const caseType = isAppellate ? appealType : pickType(dice).code
    const filedOn = workday(addDays(today, -ageInDays(dice)))
    const series = isAppellate ? court.code : `${filedOn.slice(2, 4)}${letters.get(court.code) ?? court.code}-${caseType}`
    const last = (lastNumbers.get(series) ?? dice.between(0, 60)) + dice.between(1, 7)
    lastNumbers.set(series, last)
    const number = series + (isAppellate ? String(110_000 + last) : String(last).padStart(5, '0'))
    if (reservedNumbers.has(number)) continue
    yield { index, court, number, caseType, filedOn }
    index++
  }
}

/** Most cases are young: half of them less than a year. */
const ageInDays = (dice: Dice): number => (dice.chance(0.5) ? dice.between(3, 365) : dice.between(3, 1_600))

/** Picks a court by how busy it is. */
export const pickCourtOf = (courts: readonly Court[]): ((dice: Dice) => Court) => weighted(courts, ({ code }) => courtWeights[code] ?? 1)

/** Picks a case type by how common it is. */
export const pickTypeOf = ({ caseTypes }: CourtProfile): ((dice: Dice) => CourtProfile['caseTypes'][number]) =>
  weighted(caseTypes, ({ code }) => typeWeights[code] ?? 1)

function weighted<T>(list: readonly T[], weightOf: (one: T) => number): (dice: Dice) => T {
  const ends: { readonly one: T; readonly end: number }[] = []
  let sum = 0
  for (const one of list) ends.push({ one, end: (sum += weightOf(one)) })
  return (dice) => {
    const point = dice.roll() * sum
    const hit = ends.find(({ end }) => point < end)
    if (!hit) throw new Error('There is nothing to pick from.')
    return hit.one
  }
}
