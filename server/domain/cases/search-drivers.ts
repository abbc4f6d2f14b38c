import { and, asc, count, desc, eq, gt, gte, isNull, lt, lte, min, sql, type SQL } from 'drizzle-orm'
import type { Reads } from '../../../db/tx.ts'
import { cases, nameWords } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'
import { prepareOnce } from '../../../db/prepare-once.ts'

// Every search walks one stretch of one index, in its order and to a bound, and looks at each row that it meets there.

/** Which stretch, and which way; the values that bound it travel beside it. */
export type Stretch =
  /** Numbers whose key begins so: `low` and `high`. */
  | { readonly of: 'numbers'; readonly isDescending: boolean }
  /** Names that hold exactly the word `low`, of the case recorded last first; each, or each case once. */
  | { readonly of: 'word'; readonly isEachCaseOnce: boolean }
  /** Names that hold a longer word which begins so: `low` and `high`. */
  | { readonly of: 'longerWords' }
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
}

const value = (name: string) => sql.placeholder(name)

/** The rows of a stretch as a subquery; takes the most rows to walk under that name. Ordinal 0 where no name is walked. */
export function rowsOf(tx: Reads, stretch: Stretch, reach: 'reach' | 'furthest' = 'reach') {
  const { caseId, ordinal, from, where, group, order } = sourceOf(stretch)
  return tx.select({ caseId: sql<number>`${caseId}`.as('case_id'), ordinal: sql<number>`${ordinal}`.as('name_ordinal') })
    .from(from).where(where).groupBy(...group).orderBy(...order).limit(value(reach)).as('driver')
}

function sourceOf(stretch: Stretch) {
  const { word, caseId, ordinal } = nameWords
  switch (stretch.of) {
    case 'word': {
      const once = { ordinal: min(ordinal), group: [caseId] }
      const each = { ordinal, group: [] }
      return { from: nameWords, caseId, where: eq(word, value('low')), order: [desc(caseId)], ...(stretch.isEachCaseOnce ? once : each) }
    }
    case 'longerWords':
      return { from: nameWords, caseId, ordinal, where: and(gt(word, value('low')), lt(word, value('high'))), order: [asc(word)], group: [] }
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

const countRows = prepareOnce((tx, stretch: Stretch) => tx.select({ rows: count() }).from(rowsOf(tx, stretch)).prepare())

/** How many rows a stretch has, counted no further than `reach`. */
export async function countUpTo({ tx }: Reading, { stretch, values }: Driver, reach: number): Promise<number> {
  const [counted] = await countRows(tx, stretch).execute({ ...values, reach })
  return counted?.rows ?? 0
}

const firstWords = prepareOnce((tx, isAfter: boolean) => tx.select({ word: nameWords.word }).from(nameWords)
  .where(and((isAfter ? gt : gte)(nameWords.word, value('low')), lt(nameWords.word, value('high')))).orderBy(asc(nameWords.word)).limit(1).prepare())

/** The first word in any name from `low`, or after it, to before `high`; null: there is none. */
export async function firstWord({ tx }: Reading, { low, high, isAfter }: { low: string; high: string; isAfter: boolean }): Promise<string | null> {
  const [first] = await firstWords(tx, isAfter).execute({ low, high })
  return first?.word ?? null
}

/** Comes after every text that begins as this one does, in the order of code points that the database compares in. */
export const afterAllOf = (prefix: string): string => `${prefix}\u{10FFFF}`
