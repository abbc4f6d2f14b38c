import { caseNumberKey } from '../../contract/case-number.ts'
import { casesOnPage, maxCountedCases, type CaseSearch, type SearchSort } from '../../contract/case-search.ts'
import { displayText } from '../../contract/display-text.ts'
import type { SearchResults } from '../../contract/views.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { askedWords } from './asked-words.ts'
import { collectMatches, maxRowsLookedAt, type Filter, type Match, type Matches } from './collect-matches.ts'
import { isPaired } from './indexed-words.ts'
import { publicCasesOfKey, publicCasesOnceNamed } from './public-cases-named.ts'
import { countUpTo, type Driver } from './search-drivers.ts'
import { anything, filterOf } from './search-filter.ts'
import { summariseCases } from './summarise-cases.ts'
import { afterAllOf, type AskedWord, type WordRange } from './word-ranges.ts'

const nothing: Matches = { found: [], isComplete: true }

/**
 * Public cases by number, by name or by what they are (A1, A2, A3, A6). What holds a digit is a case number where one begins
 * so, else a name; what holds none is a name where one matches, else perhaps a number. Counts, orders and pages the first
 * 1,000 matches; past them `isTotalExact` is false. `exact` disregards the other filters; a number that a case had before
 * and none has now finds that one (A9).
 */
export async function searchCases(reading: Reading, profile: CourtProfile, search: CaseSearch): Promise<SearchResults> {
  const filter = await filterOf(reading, search)
  const { kind, matches } = await matchesOf(reading, search, filter)
  const hasAllBearers = kind === 'number' && filter === anything && matches.isComplete
  const exact = /\p{N}/u.test(search.q) || kind === 'number' ? await exactCase(reading, search.q, hasAllBearers ? matches : null) : null
  const isByFormer = exact !== null && matches === nothing && filter === anything
  const { found, isComplete } = isByFormer ? { found: [exact.match], isComplete: true } : matches
  const counted = sorted(found, search.sort).slice(0, maxCountedCases)
  const pageCount = Math.max(1, Math.ceil(counted.length / casesOnPage))
  const page = Math.min(search.page, pageCount)
  return {
    cases: await summariseCases(reading, profile, counted.slice((page - 1) * casesOnPage, page * casesOnPage)),
    total: counted.length,
    isTotalExact: isComplete,
    page,
    pageCount,
    exact: exact?.address ?? null,
    isNameSearch: kind === 'name' && !isByFormer,
  }
}

/** Whether a search with words takes them for a case number, as things stand, rather than for a name. */
export async function isNumberSearch(reading: Reading, search: CaseSearch): Promise<boolean> {
  return (await matchesOf(reading, search, await filterOf(reading, search))).kind === 'number'
}

/** The one case that bears the number that was typed; `all`: whatever bears it, if that is known. */
async function exactCase(reading: Reading, typed: string, all: Matches | null): Promise<{ match: Match; address: NonNullable<SearchResults['exact']> } | null> {
  const key = caseNumberKey(typed)
  const bearers = all === null || all.found.some(({ numberKey }) => numberKey === key) ? await publicCasesOfKey(reading, key) : []
  const { found, needsCourt } = bearers.length > 0 ? { found: bearers, needsCourt: false } : await publicCasesOnceNamed(reading, { number: typed })
  const [one, another] = found
  if (!one || another) return null
  const { id, number, numberKey, court } = one.case
  return { match: { id, ordinal: 0, sortKey: null, numberKey }, address: { number: displayText(number), court, needsCourt } }
}

async function matchesOf(
  reading: Reading, search: CaseSearch, filter: Filter,
): Promise<{ kind: 'number' | 'name' | 'facts'; matches: Matches }> {
  if (search.q === '') return { kind: 'facts', matches: await collect(reading, byFacts(search, filter), filter, search.sort) }
  const kinds = /\p{N}/u.test(search.q) ? (['number', 'name'] as const) : (['name', 'number'] as const)
  const find = { number: numberMatches, name: nameMatches }
  for (const kind of kinds) {
    const matches = await find[kind](reading, search, filter)
    if (matches.found.length > 0 || !matches.isComplete) return { kind, matches }
    // Whether it is a number is a question about what was typed, not about the filters beside it.
    const isNumber = kind === 'number' && filter !== anything && (await numberMatches(reading, search, anything)).found.length > 0
    if (isNumber) return { kind, matches }
  }
  return { kind: 'name', matches: nothing }
}

const collect = (reading: Reading, rounds: readonly Driver[][], filter: Filter, sort: SearchSort): Promise<Matches> =>
  filter.courts?.length === 0 ? Promise.resolve(nothing) : collectMatches(reading, rounds, filter, sort)

async function numberMatches(reading: Reading, { q, sort }: CaseSearch, filter: Filter): Promise<Matches> {
  const low = caseNumberKey(q)
  if (low === '') return nothing
  const stretch = { of: 'numbers', isDescending: sort === 'filed-newest' } as const
  return collect(reading, [[{ stretch, values: { low, high: afterAllOf(low) }, otherWords: [] }]], filter, sort)
}

async function nameMatches(reading: Reading, { q, sort }: CaseSearch, filter: Filter): Promise<Matches> {
  const asked = askedWords(q)
  const pair = await rarestPair(reading, asked.filter(isPaired))
  return collect(reading, pair ? byPair(asked, pair) : byWord(await rarestFirst(reading, asked)), filter, sort)
}

/** By the first of the words: the names in which it stands just so before those in which a longer one does. */
function byWord(asked: readonly AskedWord[]): Driver[][] {
  const [first] = asked
  if (!first) return []
  const { low, high } = first
  const otherWords = asked.filter((word) => word !== first || word.need > 1)
  return [
    [{ stretch: { of: 'word', isEachCaseOnce: asked.length === 1 }, values: { low }, otherWords }],
    [{ stretch: { of: 'longerWords' }, values: { low, high }, otherWords }],
  ]
}

/** Two of the words that were asked for. What pairs do not lead to is walked by the one of which there is less. */
interface Pair {
  readonly words: readonly [AskedWord, AskedWord]
  readonly unpaired: AskedWord
}

const valuesOf = ([one, other]: Pair['words']) => ({ one: one.low, oneEnd: one.high, other: other.low, otherEnd: other.high })

/** By two of the words together, and beside them whatever no pair leads to. */
function byPair(asked: readonly AskedWord[], { words, unpaired: { low, high } }: Pair): Driver[][] {
  // Of three or more words another may take one of the two for itself.
  const further = asked.length === 2 ? [] : asked.filter((word) => !words.includes(word) || word.need > 1)
  return [[
    { stretch: { of: 'unpaired' }, values: { low, high }, otherWords: asked },
    { stretch: { of: 'pairs' }, values: valuesOf(words), otherWords: further },
  ]]
}

// A name is told by few words, and each more of them is weighed against all others.
const mostWeighed = 5

/** The two of the words by which a search has the least to walk, of several such the longest; undefined: there are not two. */
async function rarestPair(reading: Reading, paired: readonly AskedWord[]): Promise<Pair | undefined> {
  const words = paired.slice(0, mostWeighed)
  const [first, second] = words
  if (!first || !second) return undefined
  const countUnpaired = ({ low, high }: AskedWord, reach: number) => countUpTo(reading, { stretch: { of: 'unpaired' }, values: { low, high } }, reach)
  if (words.length === 2) {
    const names = await countUnpaired(first, maxRowsLookedAt)
    return { words: [first, second], unpaired: names > 0 && await countUnpaired(second, names) < names ? second : first }
  }
  const weighed: { readonly word: AskedWord; readonly names: number }[] = []
  for (const word of words) weighed.push({ word, names: await countUnpaired(word, maxRowsLookedAt) })
  let rarest: Pair | undefined
  let fewest = Number.POSITIVE_INFINITY
  for (const [one, other] of weighed.flatMap((some, at) => weighed.slice(at + 1).map((more) => [some, more] as const))) {
    const unpaired = other.names < one.names ? other : one
    if (unpaired.names >= fewest) continue
    const pair = [one.word, other.word] as const
    const rows = unpaired.names + await countUpTo(reading, { stretch: { of: 'pairs' }, values: valuesOf(pair) }, Math.min(maxRowsLookedAt, fewest - unpaired.names))
    if (rows < fewest) [rarest, fewest] = [{ words: pair, unpaired: unpaired.word }, rows]
  }
  return rarest
}

/**
 * Puts first the word that fewest names have, so that the search walks the shortest stretch; of words with more than it
 * would walk anyway, the longest. Empty when one of them is in no name.
 */
async function rarestFirst(reading: Reading, words: readonly AskedWord[]): Promise<readonly AskedWord[]> {
  if (words.length < 2) return words
  const counted: { word: AskedWord; names: number }[] = []
  let fewest = maxRowsLookedAt
  for (const word of words) {
    // How much commoner than the rarest a word is does not matter.
    const names = await countNames(reading, word, fewest)
    if (names === 0) return []
    counted.push({ word, names })
    fewest = Math.min(fewest, names)
  }
  return counted.sort((a, b) => a.names - b.names).map(({ word }) => word)
}

async function countNames(reading: Reading, { low, high }: WordRange, reach: number): Promise<number> {
  const whole = await countUpTo(reading, { stretch: { of: 'word', isEachCaseOnce: false }, values: { low } }, reach)
  return whole === reach ? whole : whole + await countUpTo(reading, { stretch: { of: 'longerWords' }, values: { low, high } }, reach - whole)
}

function byFacts({ type, from, to, sort }: CaseSearch, { courts: within }: Filter): Driver[][] {
  const isDescending = sort !== 'filed-oldest'
  const range = { from: from ?? '', to: to ?? '9999-12-31' }
  // Cases without a day of filing come last either way; where days are asked for they do not come at all.
  const days = from !== null || to !== null ? (['range'] as const) : (['range', 'unknown'] as const)
  const places = within ?? [null]
  return days.map((day) => places.map((court): Driver => ({
    stretch: { of: 'filings', within: court !== null ? 'court' : type !== null ? 'type' : 'all', days: day, isDescending },
    values: { ...(court === null ? {} : { court }), ...(type === null ? {} : { type }), ...(day === 'range' ? range : {}) },
    otherWords: [],
  })))
}

const captions = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

function sorted(matches: readonly Match[], sort: SearchSort): Match[] {
  const isDescending = sort === 'filed-newest'
  const compareKeys = sort === 'caption' ? captions.compare : (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return matches.toSorted((a, b) => {
    if (a.sortKey === null || b.sortKey === null) {
      if (a.sortKey !== b.sortKey) return a.sortKey === null ? 1 : -1
      return isDescending ? b.id - a.id : a.id - b.id
    }
    const inOrder = compareKeys(a.sortKey, b.sortKey) || a.id - b.id
    return isDescending ? -inOrder : inOrder
  })
}
