import type { cases, docketEntries, parties } from '../../../db/schema.ts'
import { addDays, dayOf } from '../../contract/court-time.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import type { Court, CourtProfile } from '../../profile/schema.ts'
import { indexedWords } from '../cases/indexed-words.ts'
import { pickCourtOf, pickTypeOf } from './case-seats.ts'
import { courtLetters } from './court-letters.ts'
import { courtMoment, workday } from './court-moment.ts'
import { diceFor, type Dice } from './dice.ts'
import { kindOfType, scripts, type CaseKind } from './docket-scripts.ts'
import { stepsOf, writeEntry, type EntryWords } from './invent-entry.ts'
import { inventJudge, manyFirstNames, manyLastNames } from './invented-names.ts'

/** One invented case with a short history, as rows that have no ids yet. */
export interface PlainCase {
  readonly row: typeof cases.$inferInsert
  readonly parties: readonly Omit<typeof parties.$inferInsert, 'caseId'>[]
  /** By which words each of its names is found (A2), the caption first. */
  readonly names: readonly (readonly string[])[]
  readonly entries: readonly Omit<typeof docketEntries.$inferInsert, 'caseId'>[]
}

interface Name {
  readonly text: string
  readonly words: readonly string[]
}

const minuteMs = 60_000
const longestAgeInDays = 1_600
const closedShare = 0.28
const wordedEntriesPerKind = 200
const longestText = 120

const nameOf = (text: string): Name => ({ text, words: indexedWords(text) })

/**
 * So many invented cases, the first filed years ago and the last a few days, with one to three entries each, in the order of
 * filing: for so many that a rich history of each would fill a disk. Their numbers count from `after`, so that none
 * is one of those given out before. The same for the same seed, `count`, `after` and moment.
 */
export function* plainCases(profile: CourtProfile, now: Date, { seed, count, after }: { seed: number; count: number; after: number }): Generator<PlainCase> {
  const dice = diceFor(seed, 'plain', after)
  const today = dayOf(now, profile.timeZone)
  const days = Array.from({ length: longestAgeInDays - 1 }, (_, nth) => workday(addDays(today, nth - longestAgeInDays)))
  const letters = courtLetters(profile)
  const pickCourt = pickCourtOf(profile.courts.filter(({ code }) => letters.has(code)).length > 0 ? profile.courts.filter(({ code }) => letters.has(code)) : profile.courts)
  const pickType = pickTypeOf(profile)
  const writes = writersOf(profile, today)
  const state = nameOf(`State of ${profile.state}`)
  const [firstNames, lastNames] = [manyFirstNames.map(nameOf), manyLastNames.map(nameOf)]
  const morning = morningsOf(profile)
  const lastNumbers = new Map<string, number>()
  const judges = new Map<string, readonly string[]>()

  for (let index = 0; index < count; index++) {
    const filedAt = Math.floor(index * (days.length - 3) / count)
    const filedOn = days[filedAt] ?? today
    const court = pickCourt(dice)
    const caseType = pickType(dice).code
    const kind = kindOfType(caseType)
    const series = `${filedOn.slice(2, 4)}${letters.get(court.code) ?? court.code}-${caseType}`
    const last = (lastNumbers.get(series) ?? firstNumber + after) + 1
    lastNumbers.set(series, last)
    const number = series + String(last)
    const isAgainstState = kind === 'criminal' || kind === 'traffic'
    const one = inventParty(dice, firstNames, lastNames)
    const other = isAgainstState ? null : inventParty(dice, firstNames, lastNames)
    const caption = other ? `${one.last.text} v. ${other.last.text}` : `${state.text} v. ${one.plain}`
    const captionWords = other ? [...one.last.words, 'v', ...other.last.words] : [...state.words, 'v', ...one.plainWords]
    const sides = other
      ? [{ ...one, role: kind === 'civil' ? 'Plaintiff' : 'Petitioner' }, { ...other, role: kind === 'civil' ? 'Defendant' : 'Respondent' }]
      : [{ listed: state.text, words: state.words, role: 'Plaintiff' }, { ...one, role: 'Defendant' }]
    const start = morning(court, filedOn)
    const entries = writeEntries(dice, writes(kind), { days, filedAt, court, morning })
    const isConfidential = dice.chance(0.01)
    yield {
      row: {
        court: court.code, number, numberKey: caseNumberKey(number), caption, caseType, filedOn,
        status: filedAt < days.length - 45 && dice.chance(closedShare) ? 'closed' : 'open', security: isConfidential ? 'confidential' : 'public',
        judge: dice.pick(judgesOf(judges, court)), lastActivityAt: entries.at(-1)?.lastActivityAt ?? null, recordedAt: new Date(start), isHistory: true,
      },
      parties: sides.map(({ listed, role }, at) => ({ ordinal: at + 1, name: listed, role, attorney: null })),
      names: [captionWords, ...sides.map(({ words }) => words)].map((words) => [...new Set(words)]),
      entries,
    }
  }
}

// Past the five digits of the cases with a rich history.
const firstNumber = 100_000

function inventParty(dice: Dice, firstNames: readonly Name[], lastNames: readonly Name[]) {
  const [first, last] = [dice.pick(firstNames), dice.pick(lastNames)]
  return {
    last, plain: `${first.text} ${last.text}`, plainWords: [...first.words, ...last.words],
    listed: `${last.text}, ${first.text}`, words: [...last.words, ...first.words],
  }
}

function writeEntries(
  dice: Dice, { opening, middle }: Wordings, { days, filedAt, court, morning }: {
    days: readonly string[]; filedAt: number; court: Court; morning: (court: Court, day: string) => number
  },
): PlainCase['entries'] {
  const count = 1 + (dice.chance(0.6) ? 1 : 0) + (dice.chance(0.3) ? 1 : 0)
  let day = filedAt
  return Array.from({ length: count }, (_, nth) => {
    if (nth > 0) day += Math.floor(dice.roll() * (days.length - day))
    const on = days[day] ?? days[filedAt] ?? ''
    const at = morning(court, on) + dice.between(0, 8 * 60) * minuteMs
    const words = dice.pick(nth === 0 ? opening : middle)
    return {
      sourceId: `d${nth + 1}`, filedOn: on, filedAt: dice.chance(0.05) ? null : new Date(at), code: words.code ?? null, description: words.description,
      text: words.text, status: 'active', security: 'public', lastActivityAt: new Date(at + dice.between(1, 40) * minuteMs),
    }
  })
}

interface Wordings {
  readonly opening: readonly EntryWords[]
  readonly middle: readonly EntryWords[]
}

/** What entries of a kind of case say, written once: of short ones some hundreds, which name nobody of the case. */
function writersOf(profile: CourtProfile, today: string): (kind: CaseKind) => Wordings {
  const made = new Map<CaseKind, Wordings>()
  const write = (kind: CaseKind, part: 'opening' | 'middle'): EntryWords[] => {
    const dice = diceFor(0, 'wordings', kind, part)
    const steps = stepsOf(profile, scripts[kind][part])
    return Array.from({ length: wordedEntriesPerKind }, () => {
      const names = { first: 'the first party', second: 'the second party', county: profile.state, judge: inventJudge(dice), lawyer: inventJudge(dice) }
      const words = writeEntry(dice, profile, dice.pick(steps), names, addDays(today, -dice.between(1, 400)))
      return words.text.length > longestText ? { ...words, text: '' } : words
    })
  }
  return (kind) => {
    let wordings = made.get(kind)
    if (!wordings) made.set(kind, (wordings = { opening: write(kind, 'opening'), middle: write(kind, 'middle') }))
    return wordings
  }
}

/** When a court opens on a day. */
function morningsOf(profile: CourtProfile): (court: Court, day: string) => number {
  const known = new Map<string, number>()
  return ({ timeZone = profile.timeZone }, day) => {
    const key = `${timeZone} ${day}`
    let at = known.get(key)
    if (at === undefined) known.set(key, (at = Date.parse(courtMoment(day, 8 * 60, timeZone))))
    return at
  }
}

const judgesPerCourt = 3

function judgesOf(known: Map<string, readonly string[]>, { code }: Court): readonly string[] {
  let judges = known.get(code)
  if (!judges) {
    known.set(code, (judges = Array.from({ length: judgesPerCourt }, (_, nth) => inventJudge(diceFor(0, 'judge', code, nth + 1)))))
  }
  return judges
}
