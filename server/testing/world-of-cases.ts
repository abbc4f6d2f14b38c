import { putCase } from './put-case.ts'
import { openWorld, type World } from './world.ts'

/** A world with these public cases, numbered from 1 in their order. */
export async function openWorldOfCases(numbers: readonly string[]): Promise<World> {
  const world = await openWorld()
  await world.work(async (work) => {
    for (const number of numbers) await putCase(work, { number })
  })
  return world
}
