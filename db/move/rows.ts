import { createHash } from 'node:crypto'
import type { TableShape } from './table-shapes.ts'

/**
 * A row as both engines can say it, column by column: whole numbers in digits, truths as 0 or 1, instants in milliseconds
 * since 1970, texts and JSON as they are.
 */
export type Row = readonly (string | null)[]

/** Rows of a table that follow each other by primary key: those after `after`, up to `upTo`. Null: from the first, to the last. */
export interface Slice {
  readonly after: Row | null
  readonly upTo: Row | null
  /** As the source has them. */
  readonly rows: readonly Row[]
}

/** The primary key of a row, in its order. */
export const keyOf = ({ key }: TableShape, row: Row): Row => key.map((place) => row[place] ?? null)

/** A text that is the same for the same values, and for no others. Postgres says it alike: see `sliceFacts`. */
export const lineOf = (row: Row): string => JSON.stringify(row)

/** SHA-256, in hexadecimal, of the lines of rows in the order of their keys. */
export const checksumOf = (rows: readonly Row[]): string => createHash('sha256').update(rows.map(lineOf).join('\n')).digest('hex')
