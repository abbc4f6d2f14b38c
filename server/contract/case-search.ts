import { z } from 'zod'
import { caseStatuses } from './vocabulary.ts'

export const searchSorts = ['filed-newest', 'filed-oldest', 'number', 'caption'] as const
export type SearchSort = (typeof searchSorts)[number]

export const casesOnPage = 20
/** More matches than this are not counted, listed or paged through: the search should be made narrower. */
export const maxCountedCases = 1_000

const typedCharacters = 200

/** A field that is read as well as it can be and never refused: searches come from addresses that people edit and share. */
const read = <T>(reader: (typed: string) => T) => z.unknown().optional().transform((value) => {
  const one: unknown = Array.isArray(value) ? value[0] : value
  return reader(typeof one === 'string' || typeof one === 'number' ? String(one).trim() : '')
})

const words = (typed: string): string => typed.slice(0, typedCharacters).trim()
const orNull = (typed: string): string | null => words(typed) || null
const oneOf = <const W extends readonly string[]>(known: W) => (typed: string): W[number] | null =>
  known.find((word) => word === typed) ?? null
const day = (typed: string): string | null => (z.iso.date().safeParse(typed).success ? typed : null)
const page = (typed: string): number => (/^\d{1,6}$/.test(typed) ? Math.min(Math.max(Number(typed), 1), maxCountedCases / casesOnPage) : 1)

/**
 * A search as the address of the results page says it (A1, A2). Everything may be left out; what cannot be understood counts
 * as left out, two days in the wrong order are exchanged, and nothing is refused.
 */
export const caseSearch = z.object({
  /** A case number, the beginning of one, or a name. */
  q: read(words),
  /** The code of a court. */
  court: read(orNull),
  county: read(orNull),
  /** The code of a circuit. */
  circuit: read(orNull),
  /** The code of a case type. */
  type: read(orNull),
  status: read(oneOf(caseStatuses)),
  /** Filed on this day or later. */
  from: read(day),
  /** Filed on this day or earlier. */
  to: read(day),
  sort: read((typed) => oneOf(searchSorts)(typed) ?? 'filed-newest'),
  /** Counts from 1. */
  page: read(page),
}).transform((search) => {
  const { from, to } = search
  return from !== null && to !== null && from > to ? { ...search, from: to, to: from } : search
})
export type CaseSearch = z.output<typeof caseSearch>

const emptySearch = caseSearch.parse({})

/** The address of a search, without what is left out or as it would be anyway. */
export function searchAddress(search: Partial<CaseSearch>): string {
  const query = new URLSearchParams()
  for (const key of ['q', 'court', 'county', 'circuit', 'type', 'status', 'from', 'to', 'sort', 'page'] as const) {
    const value = search[key]
    if (value !== undefined && value !== emptySearch[key]) query.set(key, String(value))
  }
  return query.size === 0 ? '/search' : `/search?${query.toString()}`
}
