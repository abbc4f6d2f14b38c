import { openDatabase, type OpenOptions } from '../../db/open-database.ts'
import type { Site } from '../domain/outbox/message-frame.ts'
import { loadProfile } from '../profile/load-profile.ts'
import type { CourtProfile } from '../profile/schema.ts'
import { workplaceOf, type Reading, type Work, type Workplace } from '../work.ts'
import { aSite } from './a-site.ts'
import { createTestDatabase, queryRows } from './test-databases.ts'

/** A clock that stands until it is moved. */
export class SetClock {
  #now: Date
  constructor(now: Date) {
    this.#now = now
  }
  now(): Date {
    return new Date(this.#now)
  }
  set(instant: string): void {
    this.#now = new Date(instant)
  }
  passMinutes(minutes: number): void {
    this.#now = new Date(this.#now.getTime() + minutes * 60_000)
  }
}

/** A place of its own for one test: a migrated database, a clock that is set, the shipped profile and its courts. */
export interface World {
  /** The address of its database. */
  readonly url: string
  readonly clock: SetClock
  readonly profile: CourtProfile
  /** See `aSite`. */
  readonly site: Site
  readonly workplace: Workplace
  work<T>(todo: (work: Work) => Promise<T>): Promise<T>
  reading(): Reading
  /** The same database as another process opens it. Closed by who opens it. */
  openBeside(options?: OpenOptions): Workplace
  /** Rows by a query in plain SQL that both engines read. */
  rows(text: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** Opens a world at the given moment (default: a Friday noon in Missouri). Close it when the test is over. */
export async function openWorld(at = '2026-11-20T12:00:00-06:00'): Promise<World> {
  const clock = new SetClock(new Date(at))
  const profile = loadProfile()
  const { url, drop } = await createTestDatabase(profile)
  const workplace = workplaceOf(openDatabase(url, { isStrict: true }), clock)
  return {
    url, clock, profile, site: aSite(profile), workplace,
    work: (todo) => workplace.inOneTransaction(todo),
    reading: () => workplace.reading(),
    openBeside: (options) => workplaceOf(openDatabase(url, options), clock),
    rows: (text) => queryRows(url, text),
    async close() {
      await workplace.close()
      await drop()
    },
  }
}
