import { and, asc, count, eq } from 'drizzle-orm'
import { savedSearches } from '../../../db/schema.ts'
import { caseSearch, type CaseSearch } from '../../contract/case-search.ts'
import { displayText } from '../../contract/display-text.ts'
import { Refusal } from '../../contract/refusals.ts'
import { mostSavedSearches, savedSearchAddress, searchErrors, type SavedSearchView } from '../../contract/searches-view.ts'
import type { Reading, Work } from '../../work.ts'
import { newestCaseId } from './new-cases.ts'

/** Names a search of an account: somebody else's is not found. */
export interface OwnSearch {
  readonly accountId: number
  readonly id: number
}

const isOwn = ({ accountId, id }: OwnSearch) => and(eq(savedSearches.accountId, accountId), eq(savedSearches.id, id))
const notFound = (): Refusal => new Refusal('notFound', 'Not found.')

/** The searches that an account keeps, the first first (G7). */
export async function listSavedSearches({ tx }: Reading, accountId: number): Promise<SavedSearchView[]> {
  const rows = await tx.select().from(savedSearches).where(eq(savedSearches.accountId, accountId)).orderBy(asc(savedSearches.id))
  return rows.map(viewOf)
}

/** One of them. Refuses `notFound` for one that is not there or is somebody else's. */
export async function getSavedSearch({ tx }: Reading, own: OwnSearch): Promise<SavedSearchView> {
  const [row] = await tx.select().from(savedSearches).where(isOwn(own))
  if (!row) throw notFound()
  return viewOf(row)
}

function viewOf({ id, name, search: kept, isWatched }: typeof savedSearches.$inferSelect): SavedSearchView {
  // Read as an address is: what another version of us kept may say less.
  const search = caseSearch.parse(kept)
  return { id, name: displayText(name), search, address: savedSearchAddress(search), isWatched }
}

/** Keeps a search, not watched, and gives its id. Refuses a name that says nothing (`inputInvalid`) and more than 50 (`notAllowed`). */
export async function saveSearch(
  { tx, now }: Work, { accountId, name, search }: { readonly accountId: number; readonly name: string; readonly search: CaseSearch },
): Promise<number> {
  refuseNameless(name)
  const [kept] = await tx.select({ searches: count() }).from(savedSearches).where(eq(savedSearches.accountId, accountId))
  if ((kept?.searches ?? 0) >= mostSavedSearches) throw new Refusal('notAllowed', searchErrors.tooMany)
  const [saved] = await tx.insert(savedSearches)
    .values({ accountId, name, search: { ...search, page: 1 }, isWatched: false, createdAt: now }).returning({ id: savedSearches.id })
  if (!saved) throw new Error('A search was not saved.')
  return saved.id
}

/** Refuses a name that says nothing (`inputInvalid`), and `notFound`. */
export async function renameSearch({ tx }: Work, own: OwnSearch, name: string): Promise<void> {
  refuseNameless(name)
  const renamed = await tx.update(savedSearches).set({ name }).where(isOwn(own)).returning({ id: savedSearches.id })
  if (renamed.length === 0) throw notFound()
}

/** Deletes it, and with it its watch. Refuses `notFound`. */
export async function deleteSearch({ tx }: Work, own: OwnSearch): Promise<void> {
  const gone = await tx.delete(savedSearches).where(isOwn(own)).returning({ id: savedSearches.id })
  if (gone.length === 0) throw notFound()
}

/**
 * Begins a watch, of cases recorded from now on, or ends it. One that goes on misses nothing by being begun again. Refuses `notFound`.
 * Whether a search is narrow enough is asked before (`refuseTooWide`).
 */
export async function setWatched(work: Work, own: OwnSearch, isWatched: boolean): Promise<void> {
  const { isWatched: wasWatched } = await getSavedSearch(work, own)
  if (wasWatched === isWatched) return
  await work.tx.update(savedSearches).set({ isWatched, seenCaseId: isWatched ? await newestCaseId(work) : null }).where(isOwn(own))
}

function refuseNameless(name: string): void {
  if (name === '') throw new Refusal('inputInvalid', searchErrors.nameMissing, { name: searchErrors.nameMissing })
}
