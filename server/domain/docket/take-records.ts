import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { FeedRecord, FeedReport, Reading } from '../../contract/records.ts'
import type { Work, Workplace } from '../../work.ts'
import { planTexts } from '../texts/plan-texts.ts'
import { lastChangeId } from '../tracking/last-change-id.ts'
import { FeedTally } from './feed-tally.ts'
import { beginIntake, type IntakeOptions } from './intake.ts'
import type { Outcome } from './outcome.ts'
import { SetAside, type Arrival } from './set-aside.ts'
import { takeRecord } from './take-record.ts'

export interface TakeOptions extends IntakeOptions {
  /** Told from time to time how many records are settled. */
  readonly onProgress?: (settled: number) => void
}

// Each transaction waits for the disk once, and keeps every other writer waiting while it lasts.
const recordsPerTransaction = 200

/**
 * Takes in the records of one body (I1), some at a time, and reports as the feed does. They may come in any order and
 * repeat: what names a case that is not known yet, or no court, waits for the end of the body, and what comes after it
 * for the same number waits behind it. A bad record is named with its reason and stops no other. When this resolves, all
 * that was accepted is durable; when it fails, what was taken until then stays, and sending the body again is safe.
 */
export async function takeRecords(workplace: Workplace, readings: AsyncIterable<Reading>, options: TakeOptions): Promise<FeedReport> {
  const tally = new FeedTally()
  const aside = new SetAside()
  const waitingNumbers = new Set<string>()
  let batch: Arrival[] = []

  async function take(when: 'underway' | 'atTheEnd'): Promise<void> {
    const taken = batch
    batch = []
    const outcomes = await workplace.inOneTransaction((work) => takeBatch(work, taken, when, options))
    taken.forEach((arrival, index) => {
      const outcome = outcomes[index]
      if (outcome) tally.count(arrival, outcome)
      else wait(arrival)
    })
    options.onProgress?.(tally.settled)
    await letOthersRun()
  }
  function wait(arrival: Arrival): void {
    const number = numberToWaitFor(arrival.record)
    if (number !== null) waitingNumbers.add(number)
    aside.put(arrival)
  }

  for await (const reading of readings) {
    if ('reason' in reading) tally.reject(reading.line, reading.reason)
    else if (mustWait(reading.record, waitingNumbers)) wait(reading)
    else if (batch.push(reading) >= recordsPerTransaction) await take('underway')
  }
  if (batch.length > 0) await take('underway')

  for (const arrival of aside.take()) {
    if (batch.push(arrival) >= recordsPerTransaction) await take('atTheEnd')
  }
  if (batch.length > 0) await take('atTheEnd')
  return tally.report()
}

/**
 * What became of each record of a batch, in its order; null: its case may still come, so it waits. The texts that its changes
 * owe are planned with it (F7).
 */
async function takeBatch(
  work: Work, batch: readonly Arrival[], when: 'underway' | 'atTheEnd', options: IntakeOptions,
): Promise<(Outcome | null)[]> {
  const intake = beginIntake(work, options)
  const before = await lastChangeId(work)
  const waitingNumbers = new Set<string>()
  const outcomes: (Outcome | null)[] = []
  for (const { record } of batch) {
    const number = when === 'underway' ? numberToWaitFor(record) : null
    const isBehind = number !== null && waitingNumbers.has(number)
    const outcome = isBehind ? null : await takeRecord(intake, record)
    const waits = isBehind || (number !== null && outcome?.kind === 'caseUnknown')
    if (waits) waitingNumbers.add(number)
    outcomes.push(waits ? null : outcome)
  }
  if (!options.isQuiet) await planTexts(work, options.site, before)
  return outcomes
}

/** A number without a court can come to mean several cases until the body has ended. */
function mustWait(record: FeedRecord, waitingNumbers: ReadonlySet<string>): boolean {
  const number = numberToWaitFor(record)
  return number !== null && (waitingNumbers.has(number) || (record.type !== 'court' && record.court === null))
}

/** The case number whose case a record may wait for; null for cases with their court and removals: they are what is waited for. */
function numberToWaitFor(record: FeedRecord): string | null {
  switch (record.type) {
    case 'docketEntry':
    case 'event':
    case 'payment': return record.case
    case 'case': return record.court === null ? record.number : null
    case 'caseRemoved':
    case 'court': return null
  }
}
