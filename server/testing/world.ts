import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/open-sqlite.ts'
import { putProfileCourts } from '../domain/courts/put-profile-courts.ts'
import { loadProfile } from '../profile/load-profile.ts'
import type { CourtProfile } from '../profile/schema.ts'
import { workplaceOf, type Reading, type Work, type Workplace } from '../work.ts'

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

/** A place of its own for one test: a migrated temporary database, a clock that is set, the shipped profile and its courts. */
export interface World {
  readonly file: string
  readonly clock: SetClock
  readonly profile: CourtProfile
  readonly workplace: Workplace
  work<T>(todo: (work: Work) => Promise<T>): Promise<T>
  reading(): Reading
  close(): Promise<void>
}

/** Opens a world at the given moment (default: a Friday noon in Missouri). Close it when the test is over. */
export async function openWorld(at = '2026-11-20T12:00:00-06:00'): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'ttc-world-'))
  const file = join(folder, 'world.db')
  migrate(file)
  const clock = new SetClock(new Date(at))
  const profile = loadProfile()
  const workplace = workplaceOf(openSqlite(file, { isStrict: true }), clock)
  await workplace.inOneTransaction((work) => putProfileCourts(work, profile))
  return {
    file, clock, profile, workplace,
    work: (todo) => workplace.inOneTransaction(todo),
    reading: () => workplace.reading(),
    async close() {
      await workplace.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
