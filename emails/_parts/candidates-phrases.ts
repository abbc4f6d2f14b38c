import { plainLine } from './plain.ts'

// What mail of new cases says, the same in both its parts (G7).

export const notTracked = 'This does not track them: choose Track This Case on a case\'s page.'
export const sameName = 'A name may be another person\'s. Look at the case before you act on it.'
export const stopsWatching = 'Stop watching'
export const stopWatchingAll = 'Stop watching all searches'
export const stopWatchingThis = 'Stop watching this search'
export const seeSearches = 'See your searches'
export const runSearch = 'See all that match now'

/** Empty where the mail says case numbers and links only. */
export const searchHeading = (name: string): string => (name === '' ? 'A search that you watch' : `New for “${plainLine(name)}”`)
export const courtOf = (courtName: string): string | null => (courtName === '' ? null : plainLine(courtName))
