import { dayOf } from '../../contract/court-time.ts'
import type { DocketEntryRecord } from '../../contract/records.ts'
import { courtOf } from '../../profile/look-up.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Dice } from './dice.ts'
import { kindOfType, scripts, type CaseKind } from './docket-scripts.ts'
import { stepsOf, writeEntry } from './invent-entry.ts'
import { inventJudge } from './invented-names.ts'

/** A case by what a record calls it. */
export interface NamedCase {
  readonly number: string
  readonly court: string
  readonly caseType: string
}

const sides: Readonly<Record<CaseKind, readonly [string, string]>> = {
  criminal: ['the State', 'the defendant'],
  traffic: ['the State', 'the defendant'],
  civil: ['the plaintiff', 'the defendant'],
  family: ['the petitioner', 'the respondent'],
  protection: ['the petitioner', 'the respondent'],
  probate: ['the personal representative', 'a creditor'],
  appeal: ['the appellant', 'the respondent'],
}

const minuteMs = 60_000

/** An entry that was filed in the hours before now, and seldom some days before: it is today's all the same. */
export function inventTodaysEntry(dice: Dice, profile: CourtProfile, named: NamedCase, now: Date, id: string): DocketEntryRecord {
  const kind = kindOfType(named.caseType)
  const [first, second] = sides[kind]
  const court = courtOf(profile, named.court)
  const county = court?.counties[0] ?? court?.shortName ?? named.court
  const hoursAgo = dice.chance(0.9) ? 0 : 24 * dice.between(1, 5)
  const filedAt = new Date(now.getTime() - (hoursAgo * 60 + dice.between(2, 300)) * minuteMs)
  const step = dice.pick(stepsOf(profile, scripts[kind].middle))
  const names = { first, second, county, judge: inventJudge(dice), lawyer: inventJudge(dice) }
  return {
    type: 'docketEntry', case: named.number, court: named.court, id, filedAt: filedAt.toISOString(),
    ...writeEntry(dice, profile, step, names, dayOf(now, profile.timeZone)),
  }
}
