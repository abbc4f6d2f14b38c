import type Sqlite from 'better-sqlite3'
import { keyOf, lineOf, type Row, type Slice } from './rows.ts'
import type { Meaning, TableShape } from './table-shapes.ts'

// What is in memory at once.
const rowsOfSlice = 5_000
const charactersOfSlice = 4_000_000

/**
 * The rows of a table in slices, by ascending primary key; at least one, and the last has no end. Refuses a value that
 * Postgres cannot keep as it is, naming its row.
 */
export function* slicesOf(source: Sqlite.Database, shape: TableShape): Generator<Slice> {
  const columns = shape.columns.map(({ name }) => `"${name}"`)
  const key = shape.key.map((place) => columns[place]).join(', ')
  const select = (condition: string) => source
    .prepare(`select ${columns.join(', ')} from "${shape.name}" ${condition} order by ${key} limit ${rowsOfSlice}`).raw()
  const first = select('')
  const next = select(`where (${key}) > (${shape.key.map(() => '?').join(', ')})`)
  for (let after: Row | null = null; ;) {
    const rows: Row[] = []
    let characters = 0
    for (const values of after === null ? first.iterate() : next.iterate(...boundKey(shape, after))) {
      const row = rowOf(shape, values)
      rows.push(row)
      characters += row.reduce((sum, value) => sum + (value?.length ?? 0), 0)
      if (characters >= charactersOfSlice) break
    }
    const last = rows.at(-1)
    const isWhole: boolean = rows.length < rowsOfSlice && characters < charactersOfSlice
    const upTo: Row | null = last === undefined || isWhole ? null : keyOf(shape, last)
    yield { after, upTo, rows }
    if (upTo === null) return
    after = upTo
  }
}

export function countRows(source: Sqlite.Database, { name }: TableShape): number {
  return Number(source.prepare(`select count(*) from "${name}"`).pluck().get())
}

/** The highest number that the database ever gave to a row of the table; 0 when it gave none. */
export function lastNumberOf(source: Sqlite.Database, { name }: TableShape): number {
  return Number(source.prepare('select seq from sqlite_sequence where name = ?').pluck().get(name) ?? 0)
}

const boundKey = (shape: TableShape, key: Row): (string | number | null)[] =>
  key.map((value, nth) => (shape.columns[shape.key[nth] ?? -1]?.meaning === 'text' ? value : Number(value)))

function rowOf(shape: TableShape, values: unknown): Row {
  if (!Array.isArray(values)) throw new Error('A row is not a list of values.')
  const given: readonly unknown[] = values
  const row: (string | null)[] = []
  for (const [place, { name, meaning }] of shape.columns.entries()) {
    const value = said(given[place], meaning)
    if (value === undefined) {
      const key = shape.key.map((at) => `${shape.columns[at]?.name ?? ''} ${lineOf([String(given[at])]).slice(1, -1)}`).join(', ')
      throw new Error(`Postgres cannot keep "${name}" of the row with ${key} in the table ${shape.name} as it is: ${faultOf(given[place], meaning)}.`
        + ' Nothing was changed in this database. Correct the row, then run this again.')
    }
    row.push(value)
  }
  return row
}

/** Undefined: it cannot be kept. */
function said(value: unknown, meaning: Meaning): string | null | undefined {
  if (value === null) return null
  switch (meaning) {
    case 'text': return typeof value === 'string' && !value.includes('\0') ? value : undefined
    case 'json': return typeof value === 'string' && isJson(value) ? value : undefined
    case 'truth': return value === 0 || value === 1 ? String(value) : undefined
    case 'whole':
    case 'instant': return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const faultOf = (value: unknown, meaning: Meaning): string =>
  meaning === 'json' ? 'it is not JSON'
  : typeof value === 'string' && value.includes('\0') ? 'it holds a NUL character'
  : 'it is of another kind'
