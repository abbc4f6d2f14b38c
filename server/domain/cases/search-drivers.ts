import { and, asc, count, desc, eq, exists, gt, gte, isNull, lt, lte, min, ne, sql, type Placeholder, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { Reads } from '../../../db/tx.ts'
import { cases, namePairs, nameWords } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'
import { prepareOnce } from '../../../db/prepare-once.ts'

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
  /** Cases of one `court`, else of one `type`, else all, filed from `from` to `to` or on a day not known. */
  | {
    readonly of: 'filings'
    readonly within: 'court' | 'type' | 'all'
    readonly days: 'range' | 'unknown'
    readonly isDescending: boolean
  }

export interface WordRange {
  readonly low: string
  readonly high: string
}

export interface Driver {
  readonly stretch: Stretch
  readonly values: Readonly<Record<string, string>>
  /** Each must be a word of the name that the stretch leads to, or begin one: the range of words it stands for. */
  readonly otherWords: readonly WordRange[]
}

const value = (name: string) => sql.placeholder(name)

/** The rows of a stretch as a subquery; takes the most rows to walk under that name. Ordinal 0 where no name is walked. */
export function rowsOf(tx: Reads, stretch: Stretch, reach: 'reach' | 'furthest' = 'reach') {
  if (stretch.of === 'pairs') return rowsOfPairs(tx, reach)
  const { from, where, group, order, ...row } = sourceOf(stretch)
  return tx.select(named({ word: noWord, otherWord: noWord, ...row })).from(from).where(where).groupBy(...group).orderBy(...order).limit(value(reach)).as('driver')
}

/** What a row says of the name that it leads to: the words that were met are empty where there are none. */
type DrivenRow = Readonly<Record<'caseId' | 'ordinal' | 'word' | 'otherWord', SQLWrapper>>

const noWord = sql`''`

const named = ({ caseId, ordinal, word, otherWord }: DrivenRow) => ({
  caseId: sql<number>`${caseId}`.as('case_id'), ordinal: sql<number>`${ordinal}`.as('name_ordinal'),
  word: sql<string>`${word}`.as('name_word'), otherWord: sql<string>`${otherWord}`.as('name_other_word'),
})

/** First the names that have just the two words, of the case recorded last first. */
function rowsOfPairs(tx: Reads, reach: 'reach' | 'furthest') {
  const { word, otherWord, caseId, ordinal } = namePairs
  const isLonger = (asked: string): SQL | undefined => and(gt(otherWord, value(asked)), lt(otherWord, value(`${asked}End`)))
  const paired = (asked: string, isOther: SQL | undefined, order: SQL[] = []) => {
    const part = tx.select(named(namePairs)).from(namePairs).where(and(eq(word, value(asked)), isOther)).orderBy(...order).limit(value(reach)).as('part')
    return tx.select({ caseId: part.caseId, ordinal: part.ordinal, word: part.word, otherWord: part.otherWord }).from(part)
  }
  // Of a name with too many words to pair the other one is looked up.
  const alone = (asked: string, other: string) => {
    const part = tx.select(named({ caseId, ordinal, word, otherWord: nameWords.word })).from(namePairs).crossJoin(nameWords).where(and(
      eq(word, value(asked)), eq(otherWord, ''), eq(nameWords.caseId, caseId), eq(nameWords.ordinal, ordinal), ne(nameWords.word, word),
      gte(nameWords.word, value(other)), lt(nameWords.word, value(`${other}End`)),
    )).limit(value(reach)).as('part')
    return tx.select({ caseId: part.caseId, ordinal: part.ordinal, word: part.word, otherWord: part.otherWord }).from(part)
  }
  return paired('one', eq(otherWord, value('other')), [desc(caseId)])
    .unionAll(paired('one', isLonger('other')))
    .unionAll(paired('other', isLonger('one')))
    .unionAll(alone('one', 'other'))
    .unionAll(alone('other', 'one'))
    .limit(value(reach)).as('driver')
}

/** Whether the name of a row has a word from `low` to before `high` besides those that were met: who asks for John Johnson means both. */
export const hasWord = (tx: Reads, { low, high }: Readonly<Record<'low' | 'high', Placeholder>>, { caseId, ordinal, word, otherWord }: DrivenRow): SQL =>
  exists(tx.select({ word: nameWords.word }).from(nameWords).where(and(
    gte(nameWords.word, low), lt(nameWords.word, high), sql`${nameWords.word} not in (${word}, ${otherWord})`,
    eq(nameWords.caseId, caseId), eq(nameWords.ordinal, ordinal),
  )))

function sourceOf(stretch: Exclude<Stretch, { of: 'pairs' }>) {
  const { word, caseId, ordinal } = nameWords
  switch (stretch.of) {
    case 'word': {
      const once = { ordinal: min(ordinal), group: [caseId] }
      const each = { ordinal, word, group: [] }
      return { from: nameWords, caseId, where: eq(word, value('low')), order: [desc(caseId)], ...(stretch.isEachCaseOnce ? once : each) }
    }
    case 'longerWords':
      return { from: nameWords, caseId, ordinal, word, where: and(gt(word, value('low')), lt(word, value('high'))), order: [asc(word)], group: [] }
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
export const driven = {
  caseId: sql<number>`"driver"."case_id"`, ordinal: sql<number>`"driver"."name_ordinal"`,
  word: sql<string>`"driver"."name_word"`, otherWord: sql<string>`"driver"."name_other_word"`,
}

const countRows = prepareOnce((tx, stretch: Stretch) => tx.select({ rows: count() }).from(rowsOf(tx, stretch)).prepare())

/** How many rows a stretch has, counted no further than `reach`. */
export async function countUpTo({ tx }: Reading, { stretch, values }: Omit<Driver, 'otherWords'>, reach: number): Promise<number> {
  const [counted] = await countRows(tx, stretch).execute({ ...values, reach })
  return counted?.rows ?? 0
}

/** Comes after every text that begins as this one does, in the order of code points that the database compares in. */
export const afterAllOf = (prefix: string): string => `${prefix}\u{10FFFF}`
