import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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

// The same for every world of a process: made once, then copied.
let template: string | undefined

async function templateOf(profile: CourtProfile): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'ttc-world-')), 'template.db')
  migrate(file)
  const workplace = workplaceOf(openSqlite(file), { now: () => new Date('2026-01-01T06:00:00Z') })
  await workplace.inOneTransaction((work) => putProfileCourts(work, profile))
  await workplace.close()
  process.on('exit', () => rmSync(dirname(file), { recursive: true, force: true }))
  return file
}

/** Opens a world at the given moment (default: a Friday noon in Missouri). Close it when the test is over. */
export async function openWorld(at = '2026-11-20T12:00:00-06:00'): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'ttc-world-'))
  const file = join(folder, 'world.db')
  const clock = new SetClock(new Date(at))
  const profile = loadProfile()
  copyFileSync(template ??= await templateOf(profile), file)
  const workplace = workplaceOf(openSqlite(file, { isStrict: true }), clock)
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
