import type { Work } from '../../work.ts'

/** Where a step goes on: after the row that was looked at last. */
export type Place = number | string

export interface PurgedSlice {
  /** Rows of the step's own kind that went. */
  readonly purged: number
  /** Null: the step has nothing more to look at. */
  readonly next: Place | null
}

/** One kind of thing whose time may be over, a slice at a time: each is one short transaction. Begins after 0 or ''. */
export interface PurgeStep {
  readonly what: string
  readonly begin: Place
  readonly purge: (work: Work, after: Place) => Promise<PurgedSlice>
}

const dayMs = 24 * 3_600_000

/** The moment before which what is kept so many days is over. */
export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * dayMs)

/** Rows of a slice that walks from the oldest on, up to the first that is too young, and where to go on. */
export function oldOnes<Row extends { readonly id: number; readonly createdAt: Date }>(rows: readonly Row[], before: Date, limit: number): { readonly old: Row[]; readonly next: number | null } {
  const young = rows.findIndex(({ createdAt }) => createdAt >= before)
  const old = young < 0 ? rows.slice() : rows.slice(0, young)
  return { old, next: young < 0 && rows.length === limit ? rows.at(-1)?.id ?? null : null }
}
