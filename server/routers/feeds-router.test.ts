import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accounts } from '../../db/schema.ts'
import { signLink } from '../domain/links/link-token.ts'
import { findFeedOwner } from '../domain/my-cases/private-feeds.ts'
import { aContext, callerIn, testLinkKeys as keys } from '../testing/a-context.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { PrivateFeed } from '../contract/feeds-view.ts'

let world: World
let accountId: number
beforeEach(async () => {
  world = await openWorld()
  accountId = await putTestAccount(world, 'pat@example.com')
})
afterEach(() => world.close())

const feedsOf = (id: number) => callerIn(aContext(world, { accountId: id })).myCases.feeds
const secretIn = (address: string | null): string => address?.split('/')[4] ?? ''
const opens = async (feed: PrivateFeed, secret: string) => (await findFeedOwner(world.reading(), keys, world.site.origin, feed, secret))?.subscriberId

describe('private addresses (G5)', () => {
  it('are made, stay as they are, and open what is their owner’s', async () => {
    const feeds = feedsOf(accountId)
    expect(await feeds.show()).toEqual({ calendar: null, atom: null })
    expect(await feeds.make({ feed: 'calendar' })).toEqual({ message: 'The address of your calendar is made.' })
    const { calendar, atom } = await feeds.show()
    expect(calendar).toMatch(/^http:\/\/localhost:3000\/feeds\/[0-9a-z]+-[0-9a-z]+-[\w-]{22}\/hearings\.ics$/)
    expect(atom).toBeNull()
    await feeds.make({ feed: 'calendar' })
    expect((await feeds.show()).calendar).toBe(calendar)
    expect(await opens('calendar', secretIn(calendar))).toBe(1)
    expect(await opens('atom', secretIn(calendar)), 'of the other kind').toBeUndefined()
  })

  it.each(['calendar', 'atom'] as const)('open nothing any more once the %s is revoked, and come back as others', async (feed) => {
    const feeds = feedsOf(accountId)
    await feeds.make({ feed })
    const first = (await feeds.show())[feed]
    await feeds.revoke({ feed })
    await feeds.revoke({ feed })
    expect((await feeds.show())[feed]).toBeNull()
    expect(await opens(feed, secretIn(first))).toBeUndefined()
    await feeds.make({ feed })
    const second = (await feeds.show())[feed]
    expect(second).not.toBe(first)
    expect([await opens(feed, secretIn(first)), await opens(feed, secretIn(second))]).toEqual([undefined, 1])
  })

  it('cannot be guessed, altered or signed with another key (H2)', async () => {
    await feedsOf(accountId).make({ feed: 'calendar' })
    const secret = secretIn((await feedsOf(accountId).show()).calendar)
    for (const other of ['', 'x', secret.slice(0, -1), `${secret}A`, secret.toUpperCase(), signLink(['x'.repeat(32)], 'calendarFeed', { id: accountId, version: 1 })]) {
      expect(await opens('calendar', other)).toBeUndefined()
    }
    expect(JSON.stringify(await world.reading().tx.select().from(accounts))).not.toContain(secret.slice(-22))
  })

  it('S15: are nobody else’s: another account sees, makes and revokes its own only', async () => {
    const stranger = await putTestAccount(world, 'stranger@example.com')
    await feedsOf(accountId).make({ feed: 'atom' })
    const mine = (await feedsOf(accountId).show()).atom
    expect(await feedsOf(stranger).show()).toEqual({ calendar: null, atom: null })
    await feedsOf(stranger).revoke({ feed: 'atom' })
    expect(await opens('atom', secretIn(mine))).toBe(1)
    await expect(callerIn(aContext(world)).myCases.feeds.make({ feed: 'atom' })).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })
})
