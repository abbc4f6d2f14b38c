// The only file that knows the dialects' column builders. The same names mean the same on both engines.
import { getTableColumns, getTableName, sql, type Placeholder, type SQL } from 'drizzle-orm'
import * as p from 'drizzle-orm/pg-core'
import * as s from 'drizzle-orm/sqlite-core'
import { chosenEngine } from './engine.ts'

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
  /** A column of an index in which what is absent comes first, as SQLite always has it. */
  absentFirst: <C extends s.AnySQLiteColumn>(column: C): C => column,
}
export type Dialect = typeof sqlite

// Texts are compared by code point, as SQLite does and as the ranges of the searches need, whatever the locale of the database.
const plainText = p.customType<{ data: string; driverData: string }>({ dataType: () => 'text collate "C"' })

/** The same builders for Postgres. */
export const postgres = {
  table: p.pgTable,
  index: p.index,
  uniqueIndex: p.uniqueIndex,
  primaryKey: (...columns: [p.AnyPgColumn, ...p.AnyPgColumn[]]) => p.primaryKey({ columns }),
  check: p.check,
  serial: () => p.bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  key: () => plainText().primaryKey(),
  text: () => plainText(),
  oneOf: () => plainText(),
  integer: () => p.bigint({ mode: 'number' }),
  boolean: () => p.boolean(),
  // Not jsonb: what a message says is kept as it was written, to the byte.
  json: () => p.json(),
  instant: () => p.timestamp({ withTimezone: true, precision: 3, mode: 'date' }),
  day: () => plainText(),
  money: () => p.bigint({ mode: 'number' }),
  absentFirst: (column: p.ExtraConfigColumn) => column.nullsFirst(),
  // The tables are typed as SQLite's: the verbs of `Tx`, which both engines share, take either.
} satisfies Record<keyof Dialect, unknown> as unknown as Dialect

/** `column in ('a', 'b')` with the words written out: a CHECK cannot bind them and a partial index is not used for bound ones. */
export const isOneOf = (column: s.SQLiteColumn, words: Words): SQL =>
  sql`${column} in (${sql.raw(words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', '))})`

const sqlTypeOf = (column: s.SQLiteColumn): string => column.getSQLType().replace(/ collate .*/, '')

/** A JavaScript value inside a sql`` fragment, or the place of one, encoded by its column and given the column's SQL type. */
export const as = <C extends s.SQLiteColumn>(column: C, value: C['_']['data'] | Placeholder): SQL<C['_']['data']> =>
  sql<C['_']['data']>`cast(${sql.param(value, column)} as ${sql.raw(sqlTypeOf(column))})`

/** For `orderBy`: what is absent comes first going up and last going down, on both engines. */
export const upward = (column: s.SQLiteColumn): SQL => sql`${column} asc nulls first`
export const downward = (column: s.SQLiteColumn): SQL => sql`${column} desc nulls last`

const isPostgres = (): boolean => chosenEngine() === 'postgres'

/** For `orderBy` of a join: SQLite goes through the first of it, and then the next, in their order; Postgres has to be told. */
export const asOrdered = (order: SQL): SQL[] => (isPostgres() ? [order] : [])

/** The id that the database gives next, for the rows of an `insert … select`. */
export const nextId = (column: s.SQLiteColumn): SQL<number> =>
  isPostgres() ? sql<number>`nextval(pg_get_serial_sequence(${sql.raw(`'${getTableName(column.table)}', '${column.name}'`)}))` : sql<number>`null`

/** Whether a text holds another, letter for letter. */
export const holdsText = (text: SQL, part: string): SQL<boolean> =>
  isPostgres() ? sql<boolean>`strpos(${text}, ${part}) > 0` : sql<boolean>`instr(${text}, ${part}) > 0`

/** The text that a JSON object, given as text, has under a key; null where it has none. */
export const textInJson = (json: string | Placeholder, key: SQL): SQL<string | null> =>
  isPostgres() ? sql<string | null>`cast(${json} as json) ->> (${key})` : sql<string | null>`${json} ->> (${key})`

/** The moment by the clock of the database, which is one for all machines; not the moment at which the transaction began. */
export const databaseNow = (): SQL<Date> => (isPostgres() ? sql`clock_timestamp()` : sql`cast(unixepoch('subsec') * 1000 as integer)`)
  .mapWith((value: string | number) => new Date(value))

/**
 * Many rows for one `insert … select`, which costs a fraction of as many inserts: they travel as one text. All have the keys of
 * the first; what these leave out is the database's to give, or its default. Their ids are given in the order of the rows.
 */
export function rowsAtOnce<T extends s.SQLiteTable>(table: T, rows: readonly T['$inferInsert'][]): SQL {
  const columns: Readonly<Record<string, s.SQLiteColumn>> = getTableColumns<s.SQLiteTable>(table)
  const keys = Object.keys(rows[0] ?? {})
  const given = keys.map((key) => {
    const column = columns[key]
    if (!column) throw new Error(`There is no column "${key}".`)
    return column
  })
  const json = JSON.stringify(rows.map((row) => {
    const values: Readonly<Record<string, unknown>> = row
    return given.map((column, at) => {
      const value = values[keys[at] ?? '']
      return value === null || value === undefined ? null : column.mapToDriverValue(value)
    })
  }))
  const expressions = Object.entries(columns).map(([key, column]) => {
    const at = keys.indexOf(key)
    if (at >= 0) return isPostgres() ? sql`cast(value ->> ${sql.raw(`${at} as ${sqlTypeOf(column)}`)})` : sql`value ->> ${sql.raw(String(at))}`
    if (column.primary && key === 'id') return nextId(column)
    return column.hasDefault ? as(column, column.default) : sql`null`
  })
  // "where true": without it SQLite takes a later "on conflict" for a join.
  return sql`select ${sql.join(expressions, sql`, `)} from ${isPostgres() ? sql`json_array_elements(cast(${json} as json)) as one (value)` : sql`json_each(${json})`} where true`
}
