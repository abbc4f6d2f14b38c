import { expect, it } from 'vitest'
import { atMostAtOnce } from './at-most-at-once.ts'

it('lets in so many at once, the rest in their order, and goes on after a failure', async () => {
  const inTurn = atMostAtOnce(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const all = [0, 1, 2, 3].map((nth) => inTurn(async () => {
    begun.push(nth)
    await new Promise<void>((resume) => ends.push(resume))
    if (nth === 0) throw new Error('It failed.')
    return nth
  }))
  const settled = Promise.allSettled(all)
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  ends[0]?.()
  await expect(all[0]).rejects.toThrow('It failed.')
  await expect.poll(() => begun).toEqual([0, 1, 2])
  ends[1]?.()
  await expect.poll(() => begun).toEqual([0, 1, 2, 3])
  for (const end of ends.slice(2)) end()
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
})
