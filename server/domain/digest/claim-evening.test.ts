import { expect, it } from 'vitest'
import { openWorld } from '../../testing/world.ts'
import { claimEvening, findEveningHolder, releaseEvening } from './claim-evening.ts'

it('says which process holds an evening, until that one lets go', async () => {
  const world = await openWorld()
  expect(await findEveningHolder(world.reading())).toBeUndefined()
  await world.work((work) => claimEvening(work, 41))
  expect(await findEveningHolder(world.reading())).toBe(41)
  // A killed one did not let go: the next takes its place.
  await world.work((work) => claimEvening(work, 42))
  await world.work((work) => releaseEvening(work, 41))
  expect(await findEveningHolder(world.reading())).toBe(42)
  await world.work((work) => releaseEvening(work, 42))
  expect(await findEveningHolder(world.reading())).toBeUndefined()
  await world.close()
})
