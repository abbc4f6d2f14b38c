import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outages } from '../schema.ts'
import { putCase } from '../../server/testing/put-case.ts'
import { openWorld, type World } from '../../server/testing/world.ts'
import { leapIds } from './leap-ids.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

describe('numbers after a backup took the place of a database', () => {
  it('R14: go on from far beyond, in tables that have rows and in those that never had one', async () => {
    const given = await world.work((work) => putCase(work, { number: '26BA-CR01999' }))
    await leapIds(world.url)
    expect(await world.work((work) => putCase(work, { number: '26BA-CR02000' }))).toBeGreaterThan(given + 1_000_000)
    const [first] = await world.work(({ tx, now }) => tx.insert(outages).values({ kind: 'planned', startsAt: now, announcedAt: now, what: 'x' }).returning({ id: outages.id }))
    expect(first?.id).toBeGreaterThan(1_000_000)
    await leapIds(world.url)
    expect(await world.work((work) => putCase(work, { number: '26BA-CR02001' }))).toBeGreaterThan(given + 100_000_000)
  })
})
