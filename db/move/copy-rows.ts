import type Sqlite from 'better-sqlite3'
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { checksumOf, keyOf, lineOf, type Row, type Slice } from './rows.ts'
import { countRows, lastNumberOf, slicesOf } from './source.ts'
import { tableShapes, type TableShape } from './table-shapes.ts'
import { hasRows, putRows, removeRows, rowsIn, setLastNumber, sliceFacts } from './target.ts'

/** What both sides hold of a table: how many rows, and a checksum over all of them in the order of their keys. */
export interface ComparedTable {
  readonly table: string
  readonly source: { readonly rows: number; readonly checksum: string }
  readonly target: { readonly rows: number; readonly checksum: string }
  readonly isSame: boolean
  /** Rows that this run wrote, and rows of the target that it took away because the source has them not, or otherwise. */
  readonly copied: number
  readonly removed: number
}

export type CopyStep = 'checking' | 'clearing' | 'copying' | 'comparing'

/** Told as it goes: how many rows of all that the step looks at. */
export type OnProgress = (step: CopyStep, done: number, total: number) => void

/**
 * Makes the tables of a migrated Postgres database hold exactly the rows of a SQLite database, compares both and says what
 * it found; what is the same already is not written again. The source must stand still meanwhile, and nobody else write to
 * the target. Safe to interrupt and to repeat.
 */
export async function copyRows(source: Sqlite.Database, target: pg.Client, onProgress: OnProgress = () => undefined): Promise<ComparedTable[]> {
  const shapes = tableShapes()
  const rows = new Map(shapes.map((shape) => [shape, countRows(source, shape)]))
  const begin = (step: CopyStep, some: readonly TableShape[]): Tick => {
    const total = some.reduce((sum, shape) => sum + (rows.get(shape) ?? 0), 0)
    let done = 0
    if (total > 0) onProgress(step, 0, total)
    return (count) => {
      if (count > 0) onProgress(step, done += count, total)
    }
  }

  // What an earlier run left.
  const filled = new Set<TableShape>()
  for (const shape of shapes) if (await hasRows(target, shape)) filled.add(shape)
  const checked = begin('checking', [...filled])
  const unlike: TableShape[] = []
  for (const shape of filled) if (!(await compare(source, target, shape, checked)).isSame) unlike.push(shape)

  // Those that refer to others first, so that nothing is in the way of what goes; with it goes what belongs to it, anywhere.
  const cleared = begin('clearing', unlike)
  const removed = new Map<TableShape, number>()
  for (const shape of unlike.toReversed()) removed.set(shape, await removeStale(source, target, shape, cleared))

  const toCopy = shapes.filter((shape) => unlike.length > 0 || !filled.has(shape))
  const wrote = begin('copying', toCopy)
  const copied = new Map<TableShape, number>()
  for (const shape of toCopy) copied.set(shape, await copyTable(source, target, shape, filled.has(shape), wrote))

  const compared = begin('comparing', shapes)
  const tables: ComparedTable[] = []
  for (const shape of shapes) {
    await setLastNumber(target, shape, lastNumberOf(source, shape))
    tables.push({ ...await compare(source, target, shape, compared), copied: copied.get(shape) ?? 0, removed: removed.get(shape) ?? 0 })
  }
  return tables
}

type Tick = (rows: number) => void

async function compare(source: Sqlite.Database, target: pg.Client, shape: TableShape, tick: Tick): Promise<Omit<ComparedTable, 'copied' | 'removed'>> {
  const here = { rows: 0, hash: createHash('sha256') }
  const there = { rows: 0, hash: createHash('sha256') }
  await inTurn(slicesOf(source, shape), async (slice) => {
    const asked = sliceFacts(target, shape, slice)
    here.rows += slice.rows.length
    here.hash.update(checksumOf(slice.rows))
    const facts = await asked
    there.rows += facts.rows
    there.hash.update(facts.checksum)
    tick(slice.rows.length)
  })
  const [ours, theirs] = [here.hash.digest('hex'), there.hash.digest('hex')]
  return {
    table: shape.name,
    source: { rows: here.rows, checksum: ours },
    target: { rows: there.rows, checksum: theirs },
    isSame: here.rows === there.rows && ours === theirs,
  }
}

/** The rows of the target in a slice by their keys; undefined when they are those of the source, all and no others. */
async function unlikeRows(target: pg.Client, shape: TableShape, slice: Slice): Promise<Map<string, Row> | undefined> {
  const asked = sliceFacts(target, shape, slice)
  const ours = checksumOf(slice.rows)
  const { rows, checksum } = await asked
  if (rows === slice.rows.length && checksum === ours) return undefined
  return new Map(rows === 0 ? [] : (await rowsIn(target, shape, slice)).map((row) => [lineOf(keyOf(shape, row)), row]))
}

/** Takes away what the source has not, and what would be in the way of other rows that come. */
async function removeStale(source: Sqlite.Database, target: pg.Client, shape: TableShape, tick: Tick): Promise<number> {
  let removed = 0
  await inTurn(slicesOf(source, shape), async (slice) => {
    const there = await unlikeRows(target, shape, slice)
    if (there && there.size > 0) {
      const here = new Map(slice.rows.map((row) => [lineOf(keyOf(shape, row)), row]))
      const stale = [...there].flatMap(([key, row]) => {
        const kept = here.get(key)
        return kept && shape.bound.every((place) => kept[place] === row[place]) ? [] : [row]
      })
      await removeRows(target, shape, stale)
      removed += stale.length
    }
    tick(slice.rows.length)
  })
  return removed
}

async function copyTable(source: Sqlite.Database, target: pg.Client, shape: TableShape, isFilled: boolean, tick: Tick): Promise<number> {
  let copied = 0
  await inTurn(slicesOf(source, shape), async (slice) => {
    const there = isFilled ? await unlikeRows(target, shape, slice) : new Map<string, Row>()
    const missing = !there ? []
      : there.size === 0 ? slice.rows
      : slice.rows.filter((row) => {
        const found = there.get(lineOf(keyOf(shape, row)))
        return !found || lineOf(found) !== lineOf(row)
      })
    await putRows(target, shape, missing)
    copied += missing.length
    tick(slice.rows.length)
  })
  return copied
}

/** One after the other; the next thing is made while Postgres is at work on the one before. */
async function inTurn<T>(things: Iterable<T>, todo: (thing: T) => Promise<void>): Promise<void> {
  let atWork: Promise<void> = Promise.resolve()
  for (const thing of things) {
    await atWork
    atWork = todo(thing)
    // Met by the next await.
    atWork.catch(() => undefined)
  }
  await atWork
}
