import { and, eq, sql } from 'drizzle-orm'
import { accounts } from '../../../db/schema.ts'
import type { FeedsView, PrivateFeed } from '../../contract/feeds-view.ts'
import type { LinkPurpose } from '../../contract/vocabulary.ts'
import type { Reading, Work } from '../../work.ts'
import { openLink, signLink, type LinkKeys } from '../links/link-token.ts'

interface FeedKind {
  readonly purpose: LinkPurpose
  readonly file: string
  readonly has: 'hasCalendar' | 'hasAtom'
  readonly version: 'calendarVersion' | 'atomVersion'
}

const kinds: Readonly<Record<PrivateFeed, FeedKind>> = {
  calendar: { purpose: 'calendarFeed', file: 'hearings.ics', has: 'hasCalendar', version: 'calendarVersion' },
  atom: { purpose: 'caseFeed', file: 'cases.atom', has: 'hasAtom', version: 'atomVersion' },
}

export interface FeedOwner {
  readonly subscriberId: number
  readonly address: string
}

const addressOf = (keys: LinkKeys, origin: string, feed: PrivateFeed, id: number, version: number): string =>
  `${origin}/feeds/${signLink(keys, kinds[feed].purpose, { id, version })}/${kinds[feed].file}`

/** The private addresses of an account (G5): derived from the row, so that nothing stored can be turned into one. */
export async function showFeeds({ tx }: Reading, keys: LinkKeys, origin: string, accountId: number): Promise<FeedsView> {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId))
  const shown = (feed: PrivateFeed): string | null =>
    (account?.[kinds[feed].has] ? addressOf(keys, origin, feed, account.id, account[kinds[feed].version]) : null)
  return { calendar: shown('calendar'), atom: shown('atom') }
}

/** Makes a private address, unlike any before; while there is one it stays as it is. */
export async function makeFeed({ tx, now }: Work, accountId: number, feed: PrivateFeed): Promise<void> {
  const { has, version } = kinds[feed]
  await tx.update(accounts).set({ [has]: true, [version]: sql`${accounts[version]} + 1`, updatedAt: now })
    .where(and(eq(accounts.id, accountId), eq(accounts[has], false)))
}

/** From now on the address is answered as one that never was. */
export async function revokeFeed({ tx, now }: Work, accountId: number, feed: PrivateFeed): Promise<void> {
  const { has } = kinds[feed]
  await tx.update(accounts).set({ [has]: false, updatedAt: now }).where(and(eq(accounts.id, accountId), eq(accounts[has], true)))
}

/** Whose feed a secret opens; undefined for one that is not ours, not of this kind or revoked. */
export async function findFeedOwner({ tx }: Reading, keys: LinkKeys, origin: string, feed: PrivateFeed, secret: string): Promise<FeedOwner | undefined> {
  const { purpose, has, version } = kinds[feed]
  const target = openLink(keys, purpose, secret)
  if (!target) return undefined
  const [account] = await tx.select({ id: accounts.id, subscriberId: accounts.subscriberId }).from(accounts)
    .where(and(eq(accounts.id, target.id), eq(accounts[has], true), eq(accounts[version], target.version)))
  return account && { subscriberId: account.subscriberId, address: addressOf(keys, origin, feed, account.id, target.version) }
}
