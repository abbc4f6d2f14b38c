import type pg from 'pg'
import { keyOf, lineOf, type Row, type Slice } from './rows.ts'
import type { Meaning, TableShape } from './table-shapes.ts'

const inWords: Record<Meaning, (column: string) => string> = {
  whole: (column) => `${column}::text`,
  truth: (column) => `${column}::int::text`,
  instant: (column) => `(extract(epoch from ${column}) * 1000)::bigint::text`,
  text: (column) => column,
  json: (column) => `${column}::text`,
}

const fromWords: Record<Meaning, (words: string) => string> = {
  whole: (words) => `${words}::bigint`,
  truth: (words) => `${words}::int::boolean`,
  instant: (words) => `timestamptz 'epoch' + ${words}::bigint * interval '1 millisecond'`,
  text: (words) => words,
  json: (words) => `${words}::json`,
}

const columnsInWords = (shape: TableShape): string => shape.columns.map(({ name, meaning }) => inWords[meaning](`"${name}"`)).join(', ')
const keyColumns = (shape: TableShape): string => shape.key.map((place) => `"${shape.columns[place]?.name ?? ''}"`).join(', ')
const keyMeaning = (shape: TableShape, nth: number): Meaning => shape.columns[shape.key[nth] ?? -1]?.meaning ?? 'text'

/** The condition that picks the rows of a slice, and its parameters. */
function within(shape: TableShape, { after, upTo }: Pick<Slice, 'after' | 'upTo'>): { text: string; values: Row } {
  const values = [...after ?? [], ...upTo ?? []]
  let used = 0
  const bound = (): string => shape.key.map((_, nth) => fromWords[keyMeaning(shape, nth)](`$${++used}::text`)).join(', ')
  const conditions = [
    ...after === null ? [] : [`(${keyColumns(shape)}) > (${bound()})`],
    ...upTo === null ? [] : [`(${keyColumns(shape)}) <= (${bound()})`],
  ]
  return { text: conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`, values }
}

export interface SliceFacts {
  readonly rows: number
  readonly checksum: string
}

/** How many rows the target has in a slice, and their checksum, made as `checksumOf` makes it. */
export async function sliceFacts(target: pg.Client, shape: TableShape, slice: Slice): Promise<SliceFacts> {
  const { text, values } = within(shape, slice)
  // A list of texts as JSON is written as JSON.stringify writes it.
  const { rows: [facts] } = await target.query<{ rows: string; checksum: string }>(`
    select count(*)::text as rows, encode(sha256(convert_to(coalesce(string_agg(line, e'\\n' order by ${keyColumns(shape)}), ''), 'UTF8')), 'hex') as checksum
    from (select ${keyColumns(shape)}, array_to_json(array[${columnsInWords(shape)}])::text as line from "${shape.name}" ${text}) as said`, [...values])
  if (!facts) throw new Error('Postgres did not answer.')
  return { rows: Number(facts.rows), checksum: facts.checksum }
}

/** The rows that the target has in a slice. */
export async function rowsIn(target: pg.Client, shape: TableShape, slice: Slice): Promise<Row[]> {
  const { text, values } = within(shape, slice)
  const { rows } = await target.query<(string | null)[]>({ text: `select ${columnsInWords(shape)} from "${shape.name}" ${text}`, values: [...values], rowMode: 'array' })
  return rows
}

/** Whether the target has any row in a table. */
export async function hasRows(target: pg.Client, { name }: TableShape): Promise<boolean> {
  const { rows } = await target.query<{ found: boolean }>(`select exists (select 1 from "${name}") as found`)
  return rows[0]?.found === true
}

/** Values of rows as one list a column: Postgres takes any number of rows in as many parameters as there are columns. */
const inColumns = (rows: readonly Row[], width: number): (string | null)[][] =>
  Array.from({ length: width }, (_, place) => rows.map((row) => row[place] ?? null))

const unnested = (width: number): string => `unnest(${Array.from({ length: width }, (_, place) => `$${place + 1}::text[]`).join(', ')})`
  + ` as given (${Array.from({ length: width }, (_, place) => `c${place}`).join(', ')})`

/** Writes rows, over those that are there under their keys. */
export async function putRows(target: pg.Client, shape: TableShape, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const { name, columns } = shape
  const values = columns.map(({ meaning }, place) => fromWords[meaning](`c${place}`)).join(', ')
  const changed = columns.filter((_, place) => !shape.key.includes(place)).map((column) => `"${column.name}" = excluded."${column.name}"`)
  try {
    await target.query(`
      insert into "${name}" (${columns.map((column) => `"${column.name}"`).join(', ')}) select ${values} from ${unnested(columns.length)}
      on conflict (${keyColumns(shape)}) do ${changed.length === 0 ? 'nothing' : `update set ${changed.join(', ')}`}`, inColumns(rows, columns.length))
  } catch (error) {
    const [first] = rows
    throw new Error(`Postgres refused rows of the table ${name}${first ? `, from ${lineOf(keyOf(shape, first))} on` : ''}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** Removes rows, and with them what belongs to them. */
export async function removeRows(target: pg.Client, shape: TableShape, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const keys = rows.map((row) => keyOf(shape, row))
  const values = shape.key.map((_, nth) => fromWords[keyMeaning(shape, nth)](`c${nth}`)).join(', ')
  await target.query(`delete from "${shape.name}" where (${keyColumns(shape)}) in (select ${values} from ${unnested(shape.key.length)})`,
    inColumns(keys, shape.key.length))
}

/** Lets the target go on with numbers past every one that was ever given, here or in the source. */
export async function setLastNumber(target: pg.Client, { name, numbered }: TableShape, lastGiven: number): Promise<void> {
  if (numbered === null) return
  await target.query(`
    select setval(pg_get_serial_sequence($1, $2), greatest(last, 1), last > 0)
    from (select greatest($3::bigint, coalesce((select max("${numbered}") from "${name}"), 0)) as last) as given`, [name, numbered, lastGiven])
}
