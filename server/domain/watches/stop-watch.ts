import { and, eq, sql } from 'drizzle-orm'
import { savedSearches } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { LinkView } from '../../contract/views.ts'
import { watchLinks } from '../../contract/vocabulary.ts'
import type { Reading, Work } from '../../work.ts'
import { openLink, type LinkKeys, type LinkTarget } from '../links/link-token.ts'

const whichOf = ({ id, version }: LinkTarget) => (version === watchLinks.ofAccount ? eq(savedSearches.accountId, id) : eq(savedSearches.id, id))

/** G7: stops what a link in mail of new cases names; the searches stay saved. To stop again, or what is gone, changes nothing. */
export async function stopWatch({ tx }: Work, target: LinkTarget): Promise<void> {
  await tx.update(savedSearches).set({ isWatched: false, seenCaseId: null }).where(and(whichOf(target), sql`${savedSearches.isWatched}`))
}

/** What the page behind such a link shows; without a name where it stops all, and where the search is gone. Changes nothing. */
export async function describeStopWatchLink({ tx }: Reading, keys: LinkKeys, token: string): Promise<LinkView> {
  const target = openLink(keys, 'stopWatch', token)
  if (!target) return { kind: 'invalid' }
  if (target.version === watchLinks.ofAccount) return { kind: 'stopWatch', isAll: true, name: null }
  const [search] = await tx.select({ name: savedSearches.name }).from(savedSearches).where(eq(savedSearches.id, target.id))
  return { kind: 'stopWatch', isAll: false, name: displayText(search?.name ?? null) }
}
