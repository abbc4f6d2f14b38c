import { and, asc, eq, lt, sql } from 'drizzle-orm'
import { accounts, digestRuns, messageContents, outboxMessages, savedSearches, subscribers } from '../../../db/schema.ts'
import { caseSearch, searchAddress, type CaseSearch } from '../../contract/case-search.ts'
import { displayText } from '../../contract/display-text.ts'
import type { Work } from '../../work.ts'
import type { Filter } from '../cases/collect-matches.ts'
import { isNumberSearch } from '../cases/search-cases.ts'
import { filterOf } from '../cases/search-filter.ts'
import type { DigestRun } from '../digest/take-changes.ts'
import { candidatesSubject, countMatches, neutralCandidatesSubject } from '../outbox/candidates-words.ts'
import type { CandidateCase, CandidatesContent } from '../outbox/message-content.ts'
import { messageFrame, type Site } from '../outbox/message-frame.ts'
import { describeCandidates } from './describe-candidates.ts'
import { matchNewCases } from './match-new-cases.ts'
import { newCasesBetween, newestCaseId } from './new-cases.ts'

/** A mail lists so many cases of one search, and so many in all; of the rest it says how many there are. */
const mostOfSearch = 25
const mostOfMail = 100

/** Written out, so that the index of what is watched serves. */
const isWatched = sql`${savedSearches.isWatched}`

/**
 * G7: tells each account in one e-mail of the new public cases that its watched searches find, whatever their court, and tracks
 * none of them. New is what was recorded after the watch last looked and did not come as history (I7). Accounts whose address
 * takes no mail are told nothing, nor later. Gives the number of e-mails, which the run counts. Once a run.
 */
export async function planCandidates(work: Work, site: Site, run: DigestRun): Promise<number> {
  const { tx, now } = work
  const newest = await newestCaseId(work)
  const watches = (await listWatches(work)).filter(({ seen }) => seen < newest)
  await tx.update(savedSearches).set({ seenCaseId: newest }).where(and(isWatched, lt(savedSearches.seenCaseId, newest)))
  if (watches.length === 0) return 0
  await findCandidates(work, watches, newest)
  const found = await listFound(work, watches)
  const isNeutralPolicy = site.profile.policy.noticeDetail === 'caseNumber'
  const described = await describeCandidates(work, site, found.flatMap(({ ids }) => ids))
  let emails = 0
  for (const [accountId, ofAccount] of Map.groupBy(found, ({ watch }) => watch.accountId)) {
    const [first] = ofAccount
    if (!first) continue
    const content = contentOf(site, accountId, ofAccount, described, isNeutralPolicy || first.watch.isPrivate)
    const [kept] = await tx.insert(messageContents).values({ runId: run.id, payload: content, createdAt: now }).returning({ id: messageContents.id })
    if (!kept) throw new Error('The content of a message was not written.')
    await tx.insert(outboxMessages).values({
      dedupeKey: `candidates/${accountId}/${run.id}`, kind: 'candidates', state: 'waiting', subscriberId: first.watch.subscriberId,
      contentId: kept.id, runId: run.id, createdAt: now, dueAt: now, attempts: 0,
    })
    emails += 1
  }
  await tx.update(digestRuns).set({ emails: sql`${digestRuns.emails} + ${emails}` }).where(eq(digestRuns.id, run.id))
  await work.promiseDelivery(emails, now)
  return emails
}

/** Ids of the first that were found, and how many there were. */
interface Tally {
  readonly ids: number[]
  count: number
}

interface Watch {
  readonly id: number
  readonly name: string
  readonly search: CaseSearch
  readonly filter: Filter
  readonly seen: number
  readonly accountId: number
  readonly subscriberId: number
  readonly isPrivate: boolean
  readonly tallies: { readonly facts: Tally; readonly numbers: Tally; readonly names: Tally }
}

interface Found {
  readonly watch: Watch
  readonly ids: readonly number[]
  readonly count: number
}

async function listWatches(work: Work): Promise<Watch[]> {
  const rows = await work.tx.select({
    id: savedSearches.id, name: savedSearches.name, search: savedSearches.search, seen: savedSearches.seenCaseId, accountId: accounts.id,
    subscriberId: subscribers.id, isPrivate: subscribers.isPrivate, isVerified: accounts.emailVerified, suppressedAt: subscribers.suppressedAt,
  }).from(savedSearches)
    .innerJoin(accounts, eq(accounts.id, savedSearches.accountId))
    .innerJoin(subscribers, eq(subscribers.id, accounts.subscriberId))
    .where(isWatched)
    .orderBy(asc(savedSearches.id))
  const watches: Watch[] = []
  for (const { isVerified, suppressedAt, seen, search: kept, ...row } of rows) {
    if (!isVerified || suppressedAt !== null || seen === null) continue
    const search = caseSearch.parse(kept)
    const none = (): Tally => ({ ids: [], count: 0 })
    watches.push({ ...row, seen, search, filter: await filterOf(work, search), tallies: { facts: none(), numbers: none(), names: none() } })
  }
  return watches
}

async function findCandidates(work: Work, watches: readonly Watch[], newest: number): Promise<void> {
  for await (const some of newCasesBetween(work, Math.min(...watches.map(({ seen }) => seen)), newest)) {
    for (const { search, filter, seen, tallies } of watches) {
      const matches = matchNewCases(search, filter, some)
      for (const way of ['facts', 'numbers', 'names'] as const) add(tallies[way], matches[way].filter((id) => id > seen))
    }
  }
}

function add(tally: Tally, ids: readonly number[]): void {
  tally.ids.push(...ids.slice(0, mostOfSearch - tally.ids.length))
  tally.count += ids.length
}

async function listFound(work: Work, watches: readonly Watch[]): Promise<Found[]> {
  const found: Found[] = []
  for (const watch of watches) {
    const { ids, count } = await whatSearchFinds(work, watch)
    if (count > 0) found.push({ watch, ids, count })
  }
  return found
}

const nothing: Tally = { ids: [], count: 0 }

/** A number or a name is decided as the search does, which must be asked only where the new cases alone leave it open. */
async function whatSearchFinds(work: Work, { search, tallies: { facts, numbers, names } }: Watch): Promise<Tally> {
  if (search.q === '') return facts
  const hasDigit = /\p{N}/u.test(search.q)
  const [usual, other] = hasDigit ? [numbers, names] : [names, numbers]
  if (usual.count > 0) return usual
  return other.count > 0 && await isNumberSearch(work, search) !== hasDigit ? other : nothing
}

function contentOf(
  site: Site, accountId: number, found: readonly Found[], described: ReadonlyMap<number, CandidateCase>, isNeutral: boolean,
): CandidatesContent {
  let room = mostOfMail
  const searches = found.map(({ watch, ids, count }) => {
    const cases = ids.flatMap((id) => described.get(id) ?? []).slice(0, room)
    room -= cases.length
    return {
      searchId: watch.id,
      name: isNeutral ? '' : displayText(watch.name),
      // What was searched for may be a name.
      address: site.origin + (isNeutral ? '/my-cases/searches' : searchAddress({ ...watch.search, page: 1 })),
      cases: isNeutral ? cases.map((one) => ({ ...one, caption: '', courtName: '', remark: null })) : cases,
      more: count - cases.length,
    }
  })
  const heading = candidatesSubject(searches.length, countMatches(searches))
  return { ...messageFrame(site, isNeutral ? neutralCandidatesSubject : heading), kind: 'candidates', accountId, heading, searches }
}
