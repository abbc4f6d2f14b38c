import { unavailabilityOf, type Database, type Reads, type Tx } from '../db/tx.ts'
import type { Clock, PromiseDelivery } from './ports.ts'

export type { SecondFactors } from './ports.ts'

/** What a reading domain function gets: committed rows, and the one moment that counts as now. */
export interface Reading {
  readonly tx: Reads
  readonly now: Date
}

/** What a writing domain function gets: its transaction, and the one moment that counts as now. */
export interface Work extends Reading {
  readonly tx: Tx
  /**
   * Promises that so many messages that wait are attended to from `dueAt` on. Holds when the transaction does. Whoever
   * makes a message wait calls it.
   */
  readonly promiseDelivery: (messages: number, dueAt: Date) => Promise<void>
}

/** The database with a clock: where every unit of work begins. */
export interface Workplace {
  readonly reading: () => Reading
  /** See `Database.inOneTransaction`. */
  readonly inOneTransaction: <T>(todo: (work: Work) => Promise<T>) => Promise<T>
  /** See `Database.holdAlone`. */
  readonly holdAlone: <T>(name: string, todo: () => Promise<T>) => Promise<T | undefined>
  readonly close: () => Promise<void>
}

/** Whether a unit of work failed only because the database was kept by another or not reached: the same again may pass soon. */
export const isBusy = (error: unknown): boolean => unavailabilityOf(error)?.mayPassSoon ?? false

/** Without `promiseDelivery`, which only Postgres has, the outbox itself is what workers look at. */
export const workplaceOf = (database: Database, clock: Clock, promiseDelivery?: PromiseDelivery): Workplace => ({
  reading: () => ({ tx: database.read, now: clock.now() }),
  inOneTransaction: (todo) => database.inOneTransaction((tx, executeSql) => {
    const now = clock.now()
    return todo({
      tx,
      now,
      promiseDelivery: async (messages, dueAt) => {
        if (promiseDelivery && executeSql && messages > 0) await promiseDelivery(executeSql, messages, dueAt.getTime() - now.getTime())
      },
    })
  }),
  holdAlone: (name, todo) => database.holdAlone(name, todo),
  close: () => database.close(),
})
