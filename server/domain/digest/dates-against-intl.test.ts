import { describe, expect, it } from 'vitest'
import { addDays } from '../../contract/court-time.ts'
import { loadProfile } from '../../profile/load-profile.ts'
import { counted, report, seed, sized } from '../../testing/torture/scale.ts'
import { diceFor } from '../demo/dice.ts'
import { eveningDueAt, isEveningDay, nextEveningDay } from '../hours/evening-days.ts'
import type { DueWindow } from './due-window.ts'
import { eventMentionOf, paymentMentionOf, type Asked, type ToldEvent, type ToldPayment } from './owed-mentions.ts'

// The second, independent calculation knows nothing of ours: days are numbers of whole days since 1970, read off the wall of a
// zone with Intl alone, and evenings are looked for by walking back.

const dayNumber = (instant: number, timeZone: string): number => {
  const parts = new Map(new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' })
    .formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(parts.get('year') ?? 0, (parts.get('month') ?? 0) - 1, parts.get('day')) / 86_400_000
}
const written = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10)
const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000
const weekday = (number: number): number => ((((number + 3) % 7) + 7) % 7) + 1

const first = numberOf('2026-01-01')
const last = numberOf('2028-12-31')
const profile = loadProfile()
const digests = {
  'every day': { days: [1, 2, 3, 4, 5, 6, 7], holidays: [] },
  'Monday to Friday': { days: [1, 2, 3, 4, 5], holidays: [] },
  'Monday to Friday but for holidays': { days: [1, 2, 3, 4, 5], holidays: ['2026-11-26', '2026-11-27', '2027-12-24', '2028-07-04'] },
  'one day a week': { days: [3], holidays: [] },
}
// Around midnight and around the hours that daylight saving leaves out and repeats, in UTC: some at every hour of the wall.
const hours = [0, 5.99, 6.01, 7.5, 8, 23.5]
const dice = diceFor(seed, 'R15')
const hoursOf = (): readonly number[] => [...hours, ...Array.from({ length: sized(0, 20) }, () => dice.roll() * 24)]

const asked: Asked = { eventTenDays: true, eventTwoDays: true, paymentTwoDays: true, since: { eventTenDays: new Date(0), eventTwoDays: new Date(0), paymentTwoDays: new Date(0) }, wasPaused: false }
const none = { wasTold: () => false, hasEntries: false }

const eventAt = (startsAt: Date): ToldEvent => ({
  id: 1, startsAt, endsAt: null, kind: 'Hearing', place: null, judge: null, status: 'scheduled', sequence: 0, lastActivityAt: new Date(0),
  startRecordedAt: new Date(0), isStartUntaken: false, changes: [],
})
const paymentOn = (dueOn: string): ToldPayment => ({
  id: 1, plan: 'P', person: 'A', dueOn, amountDueCents: 1, pastDueCents: 0, status: 'due', recordedAt: new Date(0), isUntaken: false,
})

describe.each(Object.entries(digests))('R15: on every day of 2026 to 2028, evenings %s', (name, digest) => {
  const ours = { ...profile, digest: { ...profile.digest, ...digest } }
  const isEvening = (number: number): boolean => digest.days.includes(weekday(number)) && !digest.holidays.some((day) => numberOf(day) === number)
  /** The evening that owes what is due that many days before. */
  const eveningFor = (day: number, leadDays: number): number => {
    let evening = day - leadDays
    while (!isEvening(evening)) evening--
    return evening
  }
  /** The windows of all evenings as they are held one after the other, by day. */
  const windows = new Map<string, DueWindow>()
  for (let day = nextEveningDay(written(first - 40), ours), after = addDays(day, -1); numberOf(day) <= last + 1;) {
    const next = nextEveningDay(day, ours)
    windows.set(day, { after, through: addDays(next, -1), readAt: eveningDueAt(day, ours), heldOn: after, heldAt: new Date(0) })
    after = addDays(next, -1)
    day = next
  }

  it('has its evenings on the days that a second calculation gives', () => {
    for (let number = first; number <= last; number++) expect(isEveningDay(written(number), ours), written(number)).toBe(isEvening(number))
  })

  const zones = digest.days.length === 7 ? ['America/Chicago', 'America/New_York'] : ['America/Chicago']
  it.each(zones)('tells each event in %s on the evening that a second calculation gives, and on no other', (timeZone) => {
    const wrong: string[] = []
    let tried = 0
    for (let number = first; number <= last; number++) {
      for (const hour of hoursOf()) {
        tried++
        const startsAt = new Date(number * 86_400_000 + hour * 3_600_000)
        const day = dayNumber(startsAt.getTime(), timeZone)
        const expected = new Map<number, number[]>()
        for (const leadDays of [10, 2]) {
          const evening = eveningFor(day, leadDays)
          expected.set(evening, [...(expected.get(evening) ?? []), leadDays])
        }
        for (let evening = day - 17; evening <= day; evening++) {
          const window = windows.get(written(evening))
          if (!window && !expected.has(evening)) continue
          const told = window && eventMentionOf(eventAt(startsAt), asked, 0, none, { profile: ours, window, timeZone })?.leads
          if (JSON.stringify(told) !== JSON.stringify(expected.get(evening))) {
            wrong.push(`${startsAt.toISOString()}: on ${written(evening)} ${JSON.stringify(told)}, not ${JSON.stringify(expected.get(evening))}`)
          }
        }
      }
    }
    report('R15', `${counted(wrong.length)} differ of ${counted(tried)} hearings, evenings ${name}, ${timeZone}`, wrong.length === 0)
    expect(wrong.slice(0, 5)).toEqual([])
  })

  it('tells each payment on the evening that a second calculation gives, and on no other', () => {
    const wrong: string[] = []
    for (let day = first; day <= last; day++) {
      const expected = eveningFor(day, 2)
      for (let evening = day - 12; evening <= day + 1; evening++) {
        const window = windows.get(written(evening))
        const isTold = window !== undefined && paymentMentionOf(paymentOn(written(day)), asked, undefined, { profile: ours, window, timeZone: 'America/Chicago' }) !== undefined
        if (isTold !== (evening === expected)) wrong.push(`${written(day)}: on ${written(evening)} ${isTold}`)
      }
    }
    expect(wrong.slice(0, 5)).toEqual([])
  })
})
