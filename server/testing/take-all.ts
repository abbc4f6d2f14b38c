import type { FeedRecord, FeedReport, Reading } from '../contract/records.ts'
import { takeRecords } from '../domain/docket/take-records.ts'
import type { World } from './world.ts'

/** Records as a reader would give them, a line each from 1. */
export async function* readingsOf(records: readonly FeedRecord[]): AsyncGenerator<Reading> {
  for (const [index, record] of records.entries()) yield { line: index + 1, record, counts: true }
}

/** Takes these records in as one body of the feed. */
export const takeAll = (world: World, records: readonly FeedRecord[], { isQuiet = false } = {}): Promise<FeedReport> =>
  takeRecords(world.workplace, readingsOf(records), { isQuiet, site: world.site })
