import { and, asc, eq, gt, inArray, max, notInArray } from 'drizzle-orm'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import { cases, courts, docketChanges } from '../../../db/schema.ts'
import { dayOf } from '../../contract/court-time.ts'
import type { Reading as RecordReading } from '../../contract/records.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading, Workplace } from '../../work.ts'
import { beginIntake } from '../docket/intake.ts'
import { takeRecord } from '../docket/take-record.ts'
import { takeRecords } from '../docket/take-records.ts'
import type { Site } from '../outbox/message-frame.ts'
import { caseSeats, type CaseSeat } from './case-seats.ts'
import { diceFor } from './dice.ts'
import { inventHistory } from './invent-history.ts'
import { inventTodaysEntry, type NamedCase } from './invent-todays-entry.ts'
import { putDemoSubscriptions, type TrackableCase } from './put-demo-subscriptions.ts'

/** How much of each, in the order in which it is added. */
export interface DemoSize {
  /** Cases with their history, about ten entries each; nobody is told of it. */
  readonly cases: number
  /** Active e-mail subscriptions, about three a person. */
  readonly subscriptions: number
  /** Entries of today, which arrive after the subscriptions became active: the next evening owes notices of them. */
  readonly entries: number
  /** The same seed on the same day invents the same. */
  readonly seed: number
}

const casesPerTransaction = 25

/**
 * Adds invented data of any size and leaves no mail. A case that is here already stays as it is and another is invented in
 * its place. Subscriptions and entries of today go to the cases just added that can be tracked; where none was, to any.
 */
export async function putDemoData(
  workplace: Workplace, site: Site, size: DemoSize, onProgress?: (done: number) => void,
): Promise<void> {
  const { profile } = site
  const [last] = await workplace.reading().tx.select({ id: max(cases.id) }).from(cases)
  await putCases(workplace, site, size, onProgress)
  if (size.subscriptions === 0 && size.entries === 0) return

  const wanted = Math.max(size.subscriptions, size.entries)
  const added = await listTrackable(workplace.reading(), profile, last?.id ?? 0, wanted)
  const trackable = added.length > 0 ? added : await listTrackable(workplace.reading(), profile, 0, wanted)
  if (trackable.length === 0) throw new Error('There is no case here that can be tracked: add cases as well.')
  const people = { wanted: size.subscriptions, seed: size.seed }
  const tracked = await putDemoSubscriptions(workplace, trackable, people, (done) => onProgress?.(size.cases + done))
  const [newest] = await workplace.reading().tx.select({ id: max(docketChanges.id) }).from(docketChanges)
  await takeRecords(workplace, todaysReadings(profile, tracked, workplace.reading().now, size, newest?.id ?? 0), {
    isQuiet: false, site, onProgress: (done) => onProgress?.(size.cases + size.subscriptions + done),
  })
}

async function putCases(workplace: Workplace, site: Site, size: DemoSize, onProgress?: (done: number) => void): Promise<void> {
  const { profile } = site
  const { now } = workplace.reading()
  const seats = caseSeats(profile, dayOf(now, profile.timeZone), size.seed)
  for (let added = 0; added < size.cases;) {
    const some = Array.from({ length: Math.min(casesPerTransaction, size.cases - added) }, () => seats.next().value)
    const free = await withoutTaken(workplace.reading(), some)
    await workplace.inOneTransaction(async (work) => {
      const intake = beginIntake(work, { isQuiet: true, site })
      for (const seat of free) {
        for (const { at, record } of inventHistory(profile, seat, now, size.seed)) {
          // Each moment of the past counts as now for what was recorded in it.
          const outcome = await takeRecord({ ...intake, now: at, touched: new Set() }, record)
          if ('reason' in outcome) throw new Error(`An invented record was refused: ${outcome.reason}`)
        }
      }
    })
    added += free.length
    onProgress?.(added)
    await letOthersRun()
  }
}

async function withoutTaken({ tx }: Reading, seats: readonly CaseSeat[]): Promise<CaseSeat[]> {
  const taken = await tx.select({ court: cases.court, number: cases.number }).from(cases).where(and(
    inArray(cases.court, [...new Set(seats.map((seat) => seat.court.code))]),
    inArray(cases.number, seats.map((seat) => seat.number)),
  ))
  return seats.filter((seat) => !taken.some((one) => one.court === seat.court.code && one.number === seat.number))
}

/** The entries of today, spread over these cases by chance. */
async function* todaysReadings(
  profile: CourtProfile, tracked: readonly NamedCase[], now: Date, { entries, seed }: DemoSize, after: number,
): AsyncGenerator<RecordReading> {
  const dice = diceFor(seed, 'today')
  for (let line = 1; line <= entries; line++) {
    yield { line, counts: true, record: inventTodaysEntry(dice, profile, dice.pick(tracked), now, `today-${after}-${line}`) }
  }
}

const listTrackable = ({ tx }: Reading, profile: CourtProfile, afterId: number, limit: number): Promise<TrackableCase[]> =>
  tx.select({ id: cases.id, number: cases.number, court: cases.court, caseType: cases.caseType }).from(cases)
    .innerJoin(courts, and(eq(courts.code, cases.court), eq(courts.isTakingPart, true)))
    .where(and(
      gt(cases.id, afterId),
      eq(cases.security, 'public'),
      notInArray(cases.caseType, profile.caseTypes.filter((one) => one.isExcluded).map((one) => one.code)),
    ))
    .orderBy(asc(cases.id)).limit(limit)
