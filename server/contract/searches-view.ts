import { z } from 'zod'
import { searchAddress, type CaseSearch } from './case-search.ts'

/** A search that an account keeps (G7). */
export interface SavedSearchView {
  readonly id: number
  readonly name: string
  readonly search: CaseSearch
  /** Of its results. */
  readonly address: string
  readonly isWatched: boolean
}

export const mostSavedSearches = 50
export const longestSearchName = 100

/** A search's name as typed; what is too long is cut. */
export const searchName = z.string().max(500).transform((typed) => typed.replace(/\s+/g, ' ').trim().slice(0, longestSearchName).toWellFormed().trim())

export const searchErrors = {
  nameMissing: 'Enter a name for the search.',
  tooMany: `You have ${mostSavedSearches} saved searches, which is as many as there can be. Delete one first.`,
} as const

/** What a search asks, in words, for who did not name it: `Smith, court 13-BOONE, open`. */
export function searchWords({ q, court, county, circuit, type, status, from, to }: CaseSearch): string {
  return [
    q, court === null ? '' : `court ${court}`, county === null ? '' : `county ${county}`, circuit === null ? '' : `circuit ${circuit}`,
    type === null ? '' : `case type ${type}`, status ?? '', from === null ? '' : `filed from ${from}`, to === null ? '' : `filed to ${to}`,
  ].filter((part) => part !== '').join(', ') || 'All cases'
}

/** The address of a saved search's results: their first page. */
export const savedSearchAddress = (search: CaseSearch): string => searchAddress({ ...search, page: 1 })
