import { describe, expect, it } from 'vitest'
import { diceFor } from '../../domain/demo/dice.ts'
import { differenceOf } from './mann-whitney.ts'

describe('the test of Mann and Whitney', () => {
  it('tells a shift from chance', () => {
    const dice = diceFor(1, 'mann-whitney')
    const sample = (shift: number): number[] => Array.from({ length: 500 }, () => dice.roll() + shift)
    expect(differenceOf(sample(0), sample(0)).p).toBeGreaterThan(0.05)
    expect(differenceOf(sample(0), sample(0.2)).p).toBeLessThan(1e-6)
    expect(differenceOf([1, 1, 1], [1, 1, 1])).toEqual({ medians: [1, 1], p: expect.closeTo(1, 5) as number })
  })

  it('comes to what is known: U 2 of 5 and 5 is p 0.0283 by the approximation', () => {
    expect(differenceOf([1, 2, 3, 4, 7], [5, 6, 8, 9, 10]).p).toBeCloseTo(0.0283, 3)
  })
})
