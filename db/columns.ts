// The only file that knows a dialect's column builders. A second engine is a second object of the same shape.
import { sql, type SQL } from 'drizzle-orm'
import * as s from 'drizzle-orm/sqlite-core'

type Words = readonly [string, ...string[]]

export const sqlite = {
  table: s.sqliteTable,
  index: s.index,
  uniqueIndex: s.uniqueIndex,
  primaryKey: (...columns: [s.AnySQLiteColumn, ...s.AnySQLiteColumn[]]) => s.primaryKey({ columns }),
  check: s.check,
  /** A number that only grows, given by the database and never given twice: also the order of arrival (F4). */
  serial: () => s.integer().primaryKey({ autoIncrement: true }),
  key: () => s.text().primaryKey(),
  text: () => s.text(),
  oneOf: <const W extends Words>(words: W) => s.text({ enum: words }),
  integer: () => s.integer(),
  boolean: () => s.integer({ mode: 'boolean' }),
  json: <T>() => s.text({ mode: 'json' }).$type<T>(),
  instant: () => s.integer({ mode: 'timestamp_ms' }),
  day: () => s.text(),
  /** Whole cents. */
  money: () => s.integer(),
}
export type Dialect = typeof sqlite

/** `column in ('a', 'b')` with the words written out: a CHECK cannot bind them and a partial index is not used for bound ones. */
export const isOneOf = (column: s.SQLiteColumn, words: Words): SQL =>
  sql`${column} in (${sql.raw(words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', '))})`

/** A JavaScript value inside a sql`` fragment, encoded by its column and given the column's SQL type. */
export const as = <C extends s.SQLiteColumn>(column: C, value: C['_']['data']): SQL<C['_']['data']> =>
  sql<C['_']['data']>`cast(${sql.param(value, column)} as ${sql.raw(column.getSQLType())})`
