import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountSessions } from '../../../db/schema.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { putSessionRow } from './session-rows.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

describe('the sessions of an account', () => {
  it('are fifty at most: the oldest ends for the newest, and nobody else\'s', async () => {
    const [one, other] = [await putTestAccount(world, 'pat@example.com'), await putTestAccount(world, 'lee@example.com')]
    const begin = (userId: number, token: string) => world.work((work) =>
      putSessionRow(work, { userId, token, expiresAt: new Date(work.now.getTime() + 1000), createdAt: work.now, updatedAt: work.now }))
    await begin(other, 'lee')
    for (let nth = 1; nth <= 52; nth++) await begin(one, `pat ${nth}`)
    const tokens = (await world.reading().tx.select().from(accountSessions).orderBy(asc(accountSessions.id))).map(({ token }) => token)
    expect(tokens).toHaveLength(51)
    expect(tokens.slice(0, 2)).toEqual(['lee', 'pat 3'])
  })
})
