import { and, count, desc, eq, gte, inArray, lte, sql } from 'drizzle-orm'
import { asOrdered } from '../../../db/columns.ts'
import type { Reads } from '../../../db/tx.ts'
import { cases } from '../../../db/schema.ts'
import { maxCountedCases, type SearchSort } from '../../contract/case-search.ts'
import type { CaseStatus } from '../../contract/vocabulary.ts'
import type { Reading } from '../../work.ts'
import { prepareOnce } from '../../../db/prepare-once.ts'
import { columnsOf, driven, hasWords, rowsOf, type Driver, type Stretch } from './search-drivers.ts'

/** However common the words and rare the match, a search looks at this many rows and says that there may be more. */
export const maxRowsLookedAt = 20_000

export interface Filter {
  /** Codes of courts; null: any. */
  readonly courts: readonly string[] | null
  readonly type: string | null
  readonly status: CaseStatus | null
  readonly from: string | null
  readonly to: string | null
}

export interface Match {
  readonly id: number
  /** Which of the case's names matched; 0 for its caption and for searches without a name. */
  readonly ordinal: number
  /** What the order of results compares: the day of filing, the number or the caption. */
  readonly sortKey: string | null
  /** Of the case, as numbers are compared (A1). */
  readonly numberKey: string
}

export interface Matches {
  /** Each case once, in no order. */
  readonly found: readonly Match[]
  /** False when there are more, or may be. */
  readonly isComplete: boolean
}

/** What decides the text of the query. */
interface Shape {
  readonly stretch: Stretch
  readonly sortBy: 'filedOn' | 'number' | 'caption'
  readonly courts: number
  readonly isOfType: boolean
  readonly hasStatus: boolean
  readonly hasFrom: boolean
  readonly hasTo: boolean
  /** How many words are needed of each. */
  readonly otherWords: readonly number[]
}

const value = (name: string) => sql.placeholder(name)
const numbered = (amount: number, name: string) => Array.from({ length: amount }, (_, at) => value(`${name}${at}`))

/** The last row of a walk that did not take all it may: how many rows it walked, in place of a case. */
const ofWalk = -1

const publicMatches = prepareOnce((tx, shape: Shape) => {
  // The driver goes first and the cases after it, never the other way: a cross join is SQLite's way to say so.
  const most = rowsTakenOf(shape.stretch)
  const matches = tx.select({ id: cases.id, ordinal: sql<number>`${driven.ordinal}`.as('ordinal'), sortKey: cases[shape.sortBy], numberKey: cases.numberKey })
    .from(shape.otherWords.length === 0 ? rowsOf(tx, shape.stretch) : rowsWithWords(tx, shape))
    .crossJoin(cases)
    .where(and(
      eq(cases.id, driven.caseId),
      eq(cases.security, 'public'),
      shape.courts > 0 ? inArray(cases.court, numbered(shape.courts, 'court')) : undefined,
      shape.isOfType ? eq(cases.caseType, value('type')) : undefined,
      shape.hasStatus ? eq(cases.status, value('status')) : undefined,
      shape.hasFrom ? gte(cases.filedOn, value('from')) : undefined,
      shape.hasTo ? lte(cases.filedOn, value('to')) : undefined,
    ))
    .orderBy(...(isNewestFirst(shape.stretch) ? asOrdered(desc(driven.caseId)) : []))
    .limit(most)
    .as('matches')
  // Counted by the same statement, and only where the matches leave room for it.
  const walked = tx.select({ id: count(), ordinal: sql<number>`${sql.raw(String(ofWalk))}`, sortKey: sql<string | null>`null`, numberKey: sql<string>`''` }).from(rowsOf(tx, shape.stretch, 'furthest'))
  return tx.select({ id: matches.id, ordinal: matches.ordinal, sortKey: matches.sortKey, numberKey: matches.numberKey }).from(matches).unionAll(walked).limit(most).prepare()
})

const isNewestFirst = ({ of }: Stretch): boolean => of === 'word' || of === 'pairs' || of === 'unpaired'

/** One more than are counted; where each name of a case is walked more, since its caption and its parties tell of the same people. */
function rowsTakenOf(stretch: Stretch): number {
  const isEachName = stretch.of === 'longerWords' || stretch.of === 'pairs' || stretch.of === 'unpaired' || (stretch.of === 'word' && !stretch.isEachCaseOnce)
  return (maxCountedCases + 1) * (isEachName ? 3 : 1)
}

/**
 * The rows of the stretch whose name has the other words. Bounded like the stretch itself, or SQLite takes the condition out of the
 * subquery and looks up the case of each row before the word of its name (P7).
 */
function rowsWithWords(tx: Reads, { stretch, otherWords }: Shape) {
  const hasAll = otherWords.map((need, at) => hasWords(tx, { low: value(`low${at}`), high: value(`high${at}`) }, need))
  return tx.select(columnsOf(driven)).from(rowsOf(tx, stretch)).where(and(...hasAll)).limit(value('reach')).as('driver')
}

/**
 * The public cases that the drivers lead to and that pass the filter (A6). The drivers of one round are walked side by side,
 * a later round only where the earlier ones gave fewer cases than are counted. Looks at the names or cases of no more
 * than 20,000 rows in all and takes no more of a driver than are counted; where that leaves something out, `isComplete` is false.
 */
export async function collectMatches(
  reading: Reading, rounds: readonly (readonly Driver[])[], filter: Filter, sort: SearchSort,
): Promise<Matches> {
  const found = new Map<number, Match>()
  let isComplete = true
  let reach = maxRowsLookedAt
  for (const round of rounds) {
    for (const [nth, driver] of round.entries()) {
      // What one leaves is for those after it.
      const share = Math.floor(reach / (round.length - nth))
      const rows = await publicMatches(reading.tx, shapeOf(driver, filter, sort))
        .execute({ ...filterValues(filter), ...wordValues(driver), ...driver.values, reach: share, furthest: share + 1 })
      const last = rows.at(-1)
      const walked = last?.ordinal === ofWalk ? last.id : share + 1
      for (const row of rows) {
        if (row.ordinal === ofWalk) break
        const known = found.get(row.id)
        // Of the names of one case the caption, else the first party, is the one to show.
        if (!known || row.ordinal < known.ordinal) found.set(row.id, row)
      }
      if (walked > share) isComplete = false
      reach -= Math.min(walked, share)
    }
    if (!isComplete || found.size > maxCountedCases) return { found: [...found.values()], isComplete: false }
  }
  return { found: [...found.values()], isComplete }
}

function shapeOf({ stretch, otherWords }: Driver, filter: Filter, sort: SearchSort): Shape {
  return {
    stretch,
    sortBy: sort === 'number' || sort === 'caption' ? sort : 'filedOn',
    courts: filter.courts?.length ?? 0,
    isOfType: filter.type !== null,
    hasStatus: filter.status !== null,
    hasFrom: filter.from !== null,
    hasTo: filter.to !== null,
    otherWords: otherWords.map(({ need }) => need),
  }
}

function filterValues({ courts, type, status, from, to }: Filter): Record<string, string | null> {
  const values: Record<string, string | null> = { type, status, from, to }
  for (const [at, code] of (courts ?? []).entries()) values[`court${at}`] = code
  return values
}

function wordValues({ otherWords }: Driver): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [at, { low, high }] of otherWords.entries()) {
    values[`low${at}`] = low
    values[`high${at}`] = high
  }
  return values
}
