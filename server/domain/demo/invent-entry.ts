import { addDays, formatDay } from '../../contract/court-time.ts'
import { explainDocketCode } from '../../profile/look-up.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Dice } from './dice.ts'
import type { Step } from './docket-scripts.ts'

/** By what names the text of an entry speaks of people and places. */
export interface EntryNames {
  readonly first: string
  readonly second: string
  readonly judge: string
  readonly lawyer: string
  readonly county: string
}

export interface EntryWords {
  readonly code?: string
  readonly description: string
  readonly text: string
}

/** Those steps whose code the profile explains; where it explains none, one that has no code. */
export function stepsOf(profile: CourtProfile, steps: readonly Step[]): readonly Step[] {
  const known = steps.filter(({ code }) => explainDocketCode(profile, code))
  return known.length > 0 ? known : [{ code: '', texts: ['Order of {judge}. See document.', ''] }]
}

/** Code, description and text of one step on that day; a day it speaks of lies some weeks later. */
export function writeEntry(dice: Dice, profile: CourtProfile, step: Step, names: EntryNames, day: string): EntryWords {
  const known = explainDocketCode(profile, step.code)
  const values: Readonly<Record<string, string>> = {
    ...names,
    day: formatDay(addDays(day, dice.between(10, 70))),
    time: dice.pick(['8:30 a.m.', '9:00 a.m.', '10:15 a.m.', '1:00 p.m.', '1:30 p.m.', '3:00 p.m.']),
    room: inventRoom(dice),
    amount: `$${(dice.between(2, 600) * 25).toLocaleString('en-US')}.00`,
    number: String(dice.between(2, 48)),
  }
  return {
    ...(known && { code: known.code }),
    description: known?.title ?? 'Docket entry',
    // A time such as 9:00 a.m. brings its own full stop.
    text: dice.pick(step.texts).replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '').replaceAll('.m..', '.m.'),
  }
}

export const inventRoom = (dice: Dice): string =>
  `${dice.pick(['Courtroom', 'Division'])} ${dice.between(1, 6)}${dice.pick(['', '', 'E', 'W'])}`
