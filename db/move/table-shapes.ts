import { getTableName, is } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { getTableConfig, PgTable, type PgColumn } from 'drizzle-orm/pg-core'
import { postgres } from '../columns.ts'
import { tablesFor } from '../schema/tables-for.ts'

/** What a value means, whatever each engine keeps it as. */
export type Meaning = 'whole' | 'truth' | 'instant' | 'text' | 'json'

const meanings: Readonly<Record<string, Meaning>> = {
  'bigint': 'whole',
  'boolean': 'truth',
  'timestamp (3) with time zone': 'instant',
  'text collate "C"': 'text',
  'json': 'json',
}

/** What a move needs to know of a table: the same names stand on both engines. */
export interface TableShape {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly meaning: Meaning }[]
  /** Places in `columns` of the primary key, in its order. */
  readonly key: readonly number[]
  /** Places in `columns` of what refers to other rows or must be unique: a row in which they changed makes way before others come. */
  readonly bound: readonly number[]
  /** The column whose numbers the database gives, if there is one. */
  readonly numbered: string | null
}

/** The shape of every table of the service, each after those that it refers to. */
export const tableShapes = (): TableShape[] => Object.values<unknown>(tablesFor(postgres)).map((table) => {
  if (!is(table, PgTable)) throw new Error('A table is not of Postgres.')
  return shapeOf(table)
})

function shapeOf(table: PgTable): TableShape {
  const name = getTableName(table)
  const { columns, primaryKeys, indexes, foreignKeys } = getTableConfig(table)
  const names = columns.map(nameOf)
  const placesOf = (some: readonly PgColumn[]): number[] => some.map((column) => names.indexOf(nameOf(column)))
  const key = placesOf(primaryKeys[0]?.columns ?? columns.filter((column) => column.primary))
  if (key.length === 0) throw new Error(`The table ${name} has no primary key.`)
  const unique = indexes.filter((index) => index.config.unique).flatMap((index) => index.config.columns.map((column) => {
    const place = 'name' in column ? columns.findIndex((one) => one.name === column.name) : -1
    if (place < 0) throw new Error(`The table ${name} has a unique index over more than columns.`)
    return place
  }))
  const numbered = columns.find((column) => column.generatedIdentity !== undefined)
  return {
    name,
    columns: columns.map((column) => {
      const meaning = meanings[column.getSQLType()]
      if (!meaning) throw new Error(`${name}.${nameOf(column)} is of a type that a move does not know.`)
      return { name: nameOf(column), meaning }
    }),
    key,
    bound: [...new Set([...unique, ...placesOf(foreignKeys.flatMap((one) => one.reference().columns))])],
    numbered: numbered ? nameOf(numbered) : null,
  }
}

const nameOf = (column: PgColumn): string => (column.keyAsName ? toSnakeCase(column.name) : column.name)
