import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databaseClock, type DatabaseClock } from '../database-clock.ts'
import type { Workplace } from '../work.ts'
import { openWorld, type World } from './world.ts'

let world: World
let beside: Workplace
let clock: DatabaseClock
let machineIsAheadMs: number

beforeEach(async () => {
  world = await openWorld()
  machineIsAheadMs = 0
  beside = world.openBeside()
  clock = databaseClock(beside.reading().tx, () => Date.now() + machineIsAheadMs)
})
afterEach(async () => {
  clock.stop()
  await world.close()
})

const isRight = (): boolean => Math.abs(clock.now().getTime() - Date.now()) < 600

describe('a clock that is set by the database', () => {
  it('is right on a machine whose clock is ahead or behind', async () => {
    for (const ahead of [70_000, -70_000, 300]) {
      machineIsAheadMs = ahead
      await clock.set()
      expect(isRight()).toBe(true)
    }
  })

  it('goes on as it was where the database does not answer', async () => {
    machineIsAheadMs = 70_000
    await clock.set()
    await beside.close()
    await expect(clock.set()).rejects.toThrow()
    expect(isRight()).toBe(true)
  })
})
