import { setImmediate as nextRound } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Turn, turnHere } from './turn.ts'

const work = (ms: number): void => {
  for (const until = performance.now() + ms; performance.now() < until;);
}

/** Makes 20 steps of a millisecond, each in a round of its own, while a transaction goes on; answers how many times it went on in between. */
async function timesBetween(isAnsweredAtOnce: boolean): Promise<number> {
  let queries = 0
  let isDone = false
  const transaction = new Turn({ isStrict: false, isAnsweredAtOnce }).run(async () => {
    while (!isDone) {
      await turnHere().query(async () => {
        if (!isAnsweredAtOnce) await nextRound()
        work(1)
      })
      queries++
    }
  })
  let times = 0
  for (let step = 0; step < 20; step++) {
    const before = queries
    await nextRound()
    work(1)
    if (queries > before) times++
  }
  isDone = true
  await transaction
  return times
}

describe('P8: what a transaction lets others do', () => {
  it('is several steps at a time where the engine answers at once', async () => {
    expect(await timesBetween(true)).toBeLessThanOrEqual(12)
  })

  it('is whatever comes while it waits for another engine', async () => {
    expect(await timesBetween(false)).toBeGreaterThanOrEqual(15)
  })
})
