import { DatabaseUnavailable, type Database, type Reads, type Tx } from '../db/tx.ts'
import type { Clock } from './ports.ts'

/** What a reading domain function gets: committed rows, and the one moment that counts as now. */
export interface Reading {
  readonly tx: Reads
  readonly now: Date
}

/** What a writing domain function gets: its transaction, and the one moment that counts as now. */
export interface Work extends Reading {
  readonly tx: Tx
}

/** The database with a clock: where every unit of work begins. */
export interface Workplace {
  readonly reading: () => Reading
  /** See `Database.inOneTransaction`. */
  readonly inOneTransaction: <T>(todo: (work: Work) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

/** Whether a unit of work failed only because another process kept the database: nothing of it was written, and the same again may pass. */
export const isBusy = (error: unknown): boolean => error instanceof DatabaseUnavailable && error.code.startsWith('SQLITE_BUSY')

export const workplaceOf = (database: Database, clock: Clock): Workplace => ({
  reading: () => ({ tx: database.read, now: clock.now() }),
  inOneTransaction: (todo) => database.inOneTransaction((tx) => todo({ tx, now: clock.now() })),
  close: () => database.close(),
})
