import { addDays, dayOf, daysBetween, formatDay, formatTime } from '../../contract/court-time.ts'
import type { CaseRecord, DocketEntryRecord, EventRecord, PaymentRecord } from '../../contract/records.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { CaseSeat } from './case-seats.ts'
import { courtMoment, workday } from './court-moment.ts'
import { diceFor, type Dice } from './dice.ts'
import { scripts, type Step } from './docket-scripts.ts'
import { inventCase } from './invent-case.ts'
import { inventRoom, stepsOf, writeEntry, type EntryNames } from './invent-entry.ts'

/** A record of the past, and when it was recorded. */
export interface PastRecord {
  readonly at: Date
  readonly record: CaseRecord | DocketEntryRecord | EventRecord | PaymentRecord
}

const minuteMs = 60_000
const dayMs = 86_400_000

/**
 * All that happened in one invented case until yesterday, in the order in which it was recorded: the case, its docket with
 * here and there a corrected, voided or sealed entry, hearings past and to come, instalments. The same for the same seed,
 * seat and day.
 */
export function inventHistory(profile: CourtProfile, seat: CaseSeat, now: Date, seed: number): PastRecord[] {
  return new History(profile, seat, now, seed).write()
}

class History {
  readonly #profile: CourtProfile
  readonly #seat: CaseSeat
  readonly #now: Date
  readonly #dice: Dice
  readonly #zone: string
  readonly #today: string
  readonly #age: number
  readonly #records: PastRecord[] = []
  #entries = 0
  #events = 0

  constructor(profile: CourtProfile, seat: CaseSeat, now: Date, seed: number) {
    this.#profile = profile
    this.#seat = seat
    this.#now = now
    this.#dice = diceFor(seed, 'case', seat.index)
    this.#zone = seat.court.timeZone ?? profile.timeZone
    this.#today = dayOf(now, this.#zone)
    this.#age = Math.max(1, daysBetween(seat.filedOn, this.#today))
  }

  write(): PastRecord[] {
    const dice = this.#dice
    const { record, kind, ...people } = inventCase(dice, this.#profile, this.#seat, this.#today)
    const { filedOn, court } = this.#seat
    const names: EntryNames = { ...people, county: court.counties[0] ?? court.shortName }
    const script = scripts[kind]
    const isClosed = record.status === 'closed'
    const lastDay = isClosed ? addDays(filedOn, dice.between(Math.ceil(this.#age / 2), this.#age - 1)) : addDays(this.#today, -1)
    this.#put(courtMoment(filedOn, 8 * 60, this.#zone), 0, record)

    for (const step of stepsOf(this.#profile, script.opening)) if (dice.chance(0.85)) this.#putEntry(step, names, filedOn)
    const middle = stepsOf(this.#profile, script.middle)
    const count = dice.between(3, 9 + Math.min(6, Math.floor(this.#age / 120)))
    const span = Math.max(1, daysBetween(filedOn, lastDay))
    for (let nth = 1; nth <= count; nth++) {
      this.#putEntry(dice.pick(middle), names, addDays(filedOn, Math.ceil(span * (nth - dice.roll()) / count)))
    }
    if (isClosed) this.#putEntry(dice.pick(stepsOf(this.#profile, script.closing)), names, lastDay)
    else if (dice.chance(0.4)) this.#putHearingAhead(dice.pick(script.hearings), people.judge)

    for (let nth = dice.between(0, 2); nth > 0; nth--) this.#putHearingPast(dice.pick(script.hearings), people.judge, span)
    const mayOwe = (kind === 'criminal' || kind === 'traffic') && this.#age > 70
    if (mayOwe && dice.chance(0.45)) this.#putPlan(record.parties?.at(-1)?.name ?? '')
    return this.#records.sort((a, b) => a.at.getTime() - b.at.getTime())
  }

  /** Nothing is recorded later than a minute ago. */
  #put(moment: string, minutesLater: number, record: PastRecord['record']): void {
    const at = Math.min(Date.parse(moment) + minutesLater * minuteMs, this.#now.getTime() - minuteMs)
    this.#records.push({ at: new Date(at), record })
  }

  #putEntry(step: Step, names: EntryNames, someDay: string): void {
    const dice = this.#dice
    const day = workday(someDay)
    const moment = courtMoment(day, dice.between(8 * 60, 16 * 60 + 59), this.#zone)
    const entry: DocketEntryRecord = {
      type: 'docketEntry', case: this.#seat.number, court: this.#seat.court.code, id: `d${++this.#entries}`,
      filedAt: dice.chance(0.05) ? day : moment, ...writeEntry(dice, this.#profile, step, names, day),
      ...(dice.chance(0.005) && { security: 'confidential' as const }),
    }
    this.#put(moment, dice.between(1, 40), entry)
    const isLongAgo = Date.parse(moment) < this.#now.getTime() - 4 * dayMs
    if (!isLongAgo) return
    const later = dice.between(60, 3 * 24 * 60)
    if (dice.chance(0.03)) this.#put(moment, later, { ...entry, ...writeEntry(dice, this.#profile, step, names, day) })
    else if (dice.chance(0.015)) this.#put(moment, later, { ...entry, status: 'voided' })
  }

  #putHearing(kind: string, judge: string, startsAt: string, recordedOn: string, minutes: number): void {
    const dice = this.#dice
    this.#put(courtMoment(workday(recordedOn), minutes, this.#zone), 1, {
      type: 'event', case: this.#seat.number, court: this.#seat.court.code, id: `h${++this.#events}`, startsAt,
      ...(dice.chance(0.3) && { endsAt: new Date(Date.parse(startsAt) + dice.pick([30, 60, 180]) * minuteMs).toISOString() }),
      kind, place: inventRoom(dice), judge, ...(dice.chance(0.08) && { status: 'cancelled' as const }),
    })
  }

  #putHearingPast(kind: string, judge: string, span: number): void {
    const day = workday(addDays(this.#seat.filedOn, this.#dice.between(1, span)))
    if (day <= this.#seat.filedOn) return
    this.#putHearing(kind, judge, this.#hearingOn(day), addDays(day, -1), 9 * 60)
  }

  /** A hearing to come stands on the docket too. */
  #putHearingAhead(kind: string, judge: string): void {
    const dice = this.#dice
    const day = workday(addDays(this.#today, dice.chance(0.7) ? dice.between(3, 30) : dice.between(31, 150)))
    const startsAt = this.#hearingOn(day)
    const recordedOn = addDays(this.#today, -dice.between(1, Math.min(25, this.#age)))
    const text = `${kind} set for ${formatDay(day)} at ${formatTime(new Date(startsAt), this.#zone)}`
    const [step] = stepsOf(this.#profile, [{ code: kind.includes('trial') ? 'TSCH' : 'HSCH', texts: [text] }])
    if (step) this.#putEntry({ ...step, texts: [text] }, { first: '', second: '', judge, lawyer: '', county: '' }, recordedOn)
    this.#putHearing(kind, judge, startsAt, recordedOn, 16 * 60)
  }

  #hearingOn(day: string): string {
    return courtMoment(day, this.#dice.pick([8 * 60 + 30, 9 * 60, 9 * 60, 10 * 60 + 15, 13 * 60, 13 * 60 + 30, 15 * 60]), this.#zone)
  }

  #putPlan(person: string): void {
    const dice = this.#dice
    const plan = `P-${1_000 + this.#seat.index}`
    const amountDueCents = dice.between(1, 6) * 2_500
    const first = addDays(this.#seat.filedOn, 60)
    const agreedAt = courtMoment(workday(addDays(this.#seat.filedOn, 45)), 14 * 60, this.#zone)
    for (let nth = 0, count = dice.between(3, 12); nth < count; nth++) {
      const dueOn = addDays(first, 30 * nth)
      const isBehind = dueOn >= this.#today && addDays(dueOn, -30) < this.#today && dice.chance(0.25)
      this.#put(agreedAt, nth, {
        type: 'payment', case: this.#seat.number, court: this.#seat.court.code, plan, person, dueOn, amountDueCents,
        pastDueCents: isBehind ? amountDueCents : 0, status: dueOn < this.#today && dice.chance(0.9) ? 'paid' : 'due',
      })
    }
  }
}
