import { and, inArray, max } from 'drizzle-orm'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import { cases, docketChanges } from '../../../db/schema.ts'
import { dayOf } from '../../contract/court-time.ts'
import type { Reading as RecordReading } from '../../contract/records.ts'
import type { Reading, Workplace } from '../../work.ts'
import { beginIntake } from '../docket/intake.ts'
import { takeRecord } from '../docket/take-record.ts'
import { takeRecords } from '../docket/take-records.ts'
import type { Site } from '../outbox/message-frame.ts'
import { caseSeats, type CaseSeat } from './case-seats.ts'
import { diceFor } from './dice.ts'
import { inventHistory } from './invent-history.ts'
import { inventTodaysEntry } from './invent-todays-entry.ts'
import { putDemoSubscriptions } from './put-demo-subscriptions.ts'
import { putPlainCases } from './put-plain-cases.ts'
import { listTrackable, nameCases } from './trackable-cases.ts'

/** How much of each, in the order in which it is added. */
export interface DemoSize {
  /** Cases with their history; nobody is told of it. */
  readonly cases: number
  /** How many of them, the first, have about ten entries, hearings and payments; others have one to three entries. Default 3,000. */
  readonly rich?: number
  /** Active e-mail subscriptions, about three a person. */
  readonly subscriptions: number
  /** Entries of today, which arrive after the subscriptions became active: the next evening owes notices of them. */
  readonly entries: number
  /** The same seed on the same day invents the same. */
  readonly seed: number
}

const defaultRich = 3_000
const casesPerTransaction = 25
const entriesPerRead = 200

/**
 * Adds invented data of any size and leaves no mail. A case that is here already stays as it is and another is invented in
 * its place. Subscriptions and entries of today go to the cases just added that can be tracked; where none was, to any.
 */
export async function putDemoData(
  workplace: Workplace, site: Site, size: DemoSize, onProgress?: (done: number) => void,
): Promise<void> {
  const { profile } = site
  const [last] = await workplace.reading().tx.select({ id: max(cases.id) }).from(cases)
  const rich = Math.min(size.cases, size.rich ?? defaultRich)
  await putRichCases(workplace, site, { ...size, cases: rich }, onProgress)
  const plain = { seed: size.seed, count: size.cases - rich }
  await putPlainCases(workplace, profile, plain, (done) => onProgress?.(rich + done))
  if (size.subscriptions === 0 && size.entries === 0) return

  const wanted = Math.max(size.subscriptions, size.entries)
  const added = await listTrackable(workplace.reading(), profile, { afterId: last?.id ?? 0, wanted })
  const trackable = added.length > 0 ? added : await listTrackable(workplace.reading(), profile, { afterId: 0, wanted })
  if (trackable.length === 0) throw new Error('There is no case here that can be tracked: add cases as well.')
  const people = { wanted: size.subscriptions, seed: size.seed, timeZone: profile.timeZone }
  const tracked = await putDemoSubscriptions(workplace, trackable, people, (done) => onProgress?.(size.cases + done))
  const changed = tracked > 0 ? trackable.subarray(0, tracked) : trackable
  await takeRecords(workplace, todaysReadings(workplace, site, changed, size), {
    isQuiet: false, site, onProgress: (done) => onProgress?.(size.cases + size.subscriptions + done),
  })
}

async function putRichCases(workplace: Workplace, site: Site, size: DemoSize, onProgress?: (done: number) => void): Promise<void> {
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
async function* todaysReadings({ reading }: Workplace, { profile }: Site, caseIds: Float64Array, { entries, seed }: DemoSize): AsyncGenerator<RecordReading> {
  const { tx, now } = reading()
  const [newest] = await tx.select({ id: max(docketChanges.id) }).from(docketChanges)
  const dice = diceFor(seed, 'today')
  for (let line = 0; line < entries;) {
    const ids = Array.from({ length: Math.min(entriesPerRead, entries - line) }, () => caseIds[dice.between(0, caseIds.length - 1)] ?? 0)
    for (const named of await nameCases(reading(), ids)) {
      line++
      yield { line, counts: true, record: inventTodaysEntry(dice, profile, named, now, `today-${newest?.id ?? 0}-${line}`) }
    }
  }
}
