import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listOutages } from './domain/outages/list-outages.ts'
import { watchForOutages } from './outage-watch.ts'
import { openWorld, type World } from './testing/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld('2026-11-18T18:00:00-06:00')
})
afterEach(() => world.close())

const past = async () => (await listOutages(world.reading(), 9)).past

/** Watches while the database answers so; each look comes a minute after the one before. */
async function watch(answers: readonly boolean[], watchers = 1): Promise<void> {
  const stopped = new AbortController()
  let looks = 0
  const isDatabaseWell = async (): Promise<boolean> => {
    const answer = answers[Math.min(Math.floor(looks / watchers), answers.length - 1)] ?? true
    looks++
    if (looks % watchers === 0) world.clock.passMinutes(1)
    return answer
  }
  const deps = { workplace: world.workplace, profile: world.profile, log: { info: () => undefined, error: () => undefined }, isDatabaseWell, everyMs: 5 }
  const watching = Promise.all(Array.from({ length: watchers }, () => watchForOutages(deps, stopped.signal)))
  while (looks < (answers.length + 2) * watchers) await sleep(5)
  stopped.abort()
  await watching
}

describe('the watch for outages', () => {
  it('enters a database that did not answer when it is back', async () => {
    await watch([true, false, false, false, true])
    const [trouble, ...others] = await past()
    expect(others).toEqual([])
    expect(trouble).toMatchObject({ kind: 'database', startsAt: new Date('2026-11-18T18:01:00-06:00'), endsAt: new Date('2026-11-18T18:04:00-06:00') })
  })

  it('enters nothing for one look that failed', async () => {
    await watch([true, false, true])
    expect(await past()).toEqual([])
  })

  it('enters it once, however many processes watch', async () => {
    await watch([true, false, false, true], 3)
    expect(await past()).toHaveLength(1)
  })

  it('enters an evening that nobody held', async () => {
    await watch(Array.from({ length: 122 }, () => true))
    expect((await listOutages(world.reading(), 9)).current).toMatchObject([{ kind: 'missedEvening', startsAt: new Date('2026-11-18T19:00:00-06:00') }])
  })
})
