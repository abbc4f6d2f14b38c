import { and, asc, count, desc, eq, exists, gt, gte, isNull, lt, lte, min, sql, type Placeholder, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { Reads } from '../../../db/tx.ts'
import { cases, namePairs, nameWords } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'
import { prepareOnce } from '../../../db/prepare-once.ts'
import type { AskedWord } from './word-ranges.ts'

// Every search walks one stretch of one index, in its order and to a bound, and looks at each row that it meets there.

/** Which stretch, and which way; the values that bound it travel beside it. */
export type Stretch =
  /** Numbers whose key begins so: `low` and `high`. */
  | { readonly of: 'numbers'; readonly isDescending: boolean }
  /** Names that hold exactly the word `low`, of the case recorded last first; each, or each case once. */
  | { readonly of: 'word'; readonly isEachCaseOnce: boolean }
  /** Names that hold two words, each `one` and `other` or begun so, to `oneEnd` and `otherEnd`: but those in which both are longer. */
  | { readonly of: 'pairs' }
  /** Names that hold a longer word which begins so: `low` and `high`. */
  | { readonly of: 'longerWords' }
  /** What pairs with `low` do not lead to: names with too many words to pair that hold it, and those of `longerWords`. */
  | { readonly of: 'unpaired' }
  /** Cases of one `court`, else of one `type`, else all, filed from `from` to `to` or on a day not known. */
  | {
    readonly of: 'filings'
    readonly within: 'court' | 'type' | 'all'
    readonly days: 'range' | 'unknown'
    readonly isDescending: boolean
  }

export interface Driver {
  readonly stretch: Stretch
  readonly values: Readonly<Record<string, string>>
  /** What the names that the stretch leads to must have besides. */
  readonly otherWords: readonly AskedWord[]
}

const value = (name: string) => sql.placeholder(name)

/**
 * The rows of a stretch as a subquery, in its order; `furthest`: to be counted, in none. That is also the name of the most rows to
 * walk. Ordinal 0 where no name is walked.
 */
export function rowsOf(tx: Reads, stretch: Stretch, reach: 'reach' | 'furthest' = 'reach') {
  if (stretch.of === 'pairs' || stretch.of === 'unpaired') return rowsOfParts(tx, stretch.of, reach)
  const { caseId, ordinal, from, where, group, order } = sourceOf(stretch)
  return tx.select(columnsOf({ caseId, ordinal })).from(from).where(where).groupBy(...group).orderBy(...order).limit(value(reach)).as('driver')
}

/** A row says which case and which of its names. */
export const columnsOf = ({ caseId, ordinal }: Readonly<Record<'caseId' | 'ordinal', SQLWrapper>>) =>
  ({ caseId: sql<number>`${caseId}`.as('case_id'), ordinal: sql<number>`${ordinal}`.as('name_ordinal') })

/** Of several parts together, of the case recorded last first: of so many that not all are taken the newest are. */
function rowsOfParts(tx: Reads, of: 'pairs' | 'unpaired', reach: 'reach' | 'furthest') {
  const partOf = (from: typeof namePairs | typeof nameWords, where: SQL | undefined, order: SQL[]) => {
    const part = tx.select(columnsOf(from)).from(from).where(where).orderBy(...(reach === 'reach' ? order : [])).limit(value(reach)).as('part')
    return tx.select({ caseId: part.caseId, ordinal: part.ordinal }).from(part)
  }
  const paired = (asked: string, isOther: SQL | undefined, order: SQL[] = []) => partOf(namePairs, and(eq(namePairs.word, value(asked)), isOther), order)
  const isLonger = (asked: string) => and(gt(namePairs.otherWord, value(asked)), lt(namePairs.otherWord, value(`${asked}End`)))
  const newestFirst = [desc(namePairs.caseId)]
  const parts = of === 'pairs'
    ? paired('one', eq(namePairs.otherWord, value('other')), newestFirst).unionAll(paired('one', isLonger('other'))).unionAll(paired('other', isLonger('one')))
    : paired('low', eq(namePairs.otherWord, ''), newestFirst).unionAll(partOf(nameWords, longerWords(), [asc(nameWords.word)]))
  return parts.orderBy(...(reach === 'reach' ? [sql`1 desc`] : [])).limit(value(reach)).as('driver')
}

/** Whether the name of a row has so many words from `low` to before `high`. */
export function hasWords(tx: Reads, { low, high }: Readonly<Record<'low' | 'high', Placeholder>>, need: number): SQL {
  const { word, caseId, ordinal } = nameWords
  const where = and(gte(word, low), lt(word, high), eq(caseId, driven.caseId), eq(ordinal, driven.ordinal))
  if (need === 1) return exists(tx.select({ word }).from(nameWords).where(where))
  return sql`(${tx.select({ words: count() }).from(nameWords).where(where)}) >= ${sql.raw(String(need))}`
}

const longerWords = () => and(gt(nameWords.word, value('low')), lt(nameWords.word, value('high')))

function sourceOf(stretch: Exclude<Stretch, { of: 'pairs' | 'unpaired' }>) {
  const { word, caseId, ordinal } = nameWords
  switch (stretch.of) {
    case 'word': {
      const once = { ordinal: min(ordinal), group: [caseId] }
      const each = { ordinal, group: [] }
      return { from: nameWords, caseId, where: eq(word, value('low')), order: [desc(caseId)], ...(stretch.isEachCaseOnce ? once : each) }
    }
    case 'longerWords':
      return { from: nameWords, caseId, ordinal, where: longerWords(), order: [asc(word)], group: [] }
    case 'numbers':
      return { from: cases, caseId: cases.id, ordinal: sql`0`, ...numbers(stretch.isDescending), group: [] }
    case 'filings':
      return { from: cases, caseId: cases.id, ordinal: sql`0`, ...filings(stretch), group: [] }
  }
}

function numbers(isDescending: boolean): { where: SQL | undefined; order: SQL[] } {
  const { numberKey } = cases
  return {
    where: and(gte(numberKey, value('low')), lt(numberKey, value('high'))),
    order: [isDescending ? desc(numberKey) : asc(numberKey)],
  }
}

function filings({ within, days, isDescending }: Extract<Stretch, { of: 'filings' }>): { where: SQL | undefined; order: SQL[] } {
  const direction = isDescending ? desc : asc
  const { filedOn } = cases
  const inPlace = { court: eq(cases.court, value('court')), type: eq(cases.caseType, value('type')), all: undefined }[within]
  const inTime = days === 'range' ? and(gte(filedOn, value('from')), lte(filedOn, value('to'))) : isNull(filedOn)
  return { where: and(inPlace, inTime), order: [direction(filedOn), direction(cases.id)] }
}

/** The columns of such a subquery, qualified: names like these stand in the tables beside it, too. */
export const driven = { caseId: sql<number>`"driver"."case_id"`, ordinal: sql<number>`"driver"."name_ordinal"` }

const countRows = prepareOnce((tx, stretch: Stretch) => tx.select({ rows: count() }).from(rowsOf(tx, stretch, 'furthest')).prepare())

/** How many rows a stretch has, counted no further than `reach`. */
export async function countUpTo({ tx }: Reading, { stretch, values }: Omit<Driver, 'otherWords'>, reach: number): Promise<number> {
  const [counted] = await countRows(tx, stretch).execute({ ...values, furthest: reach })
  return counted?.rows ?? 0
}
