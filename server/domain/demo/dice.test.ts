import { describe, expect, it } from 'vitest'
import { loadProfile } from '../../profile/load-profile.ts'
import { courtLetters } from './court-letters.ts'
import { diceFor } from './dice.ts'

describe('dice', () => {
  it('fall the same way for the same seed and purpose, and another for another', () => {
    const rolls = (seed: number, purpose: string) => {
      const dice = diceFor(seed, purpose)
      return Array.from({ length: 20 }, () => dice.between(1, 1_000))
    }
    expect(rolls(1, 'a')).toEqual(rolls(1, 'a'))
    expect(rolls(1, 'a')).not.toEqual(rolls(2, 'a'))
    expect(rolls(1, 'a')).not.toEqual(rolls(1, 'b'))
  })

  it('reach both ends and nothing beyond', () => {
    const dice = diceFor(1, 'ends')
    const fallen = Array.from({ length: 500 }, () => dice.between(3, 6))
    expect(new Set(fallen)).toEqual(new Set([3, 4, 5, 6]))
    expect(Array.from({ length: 500 }, () => dice.roll()).every((roll) => roll >= 0 && roll < 1)).toBe(true)
  })

  it('have nothing to pick from an empty list', () => {
    expect(() => diceFor(1, 'none').pick([])).toThrow('nothing to pick')
  })
})

it('gives each court with counties two letters of its own', () => {
  const profile = loadProfile()
  const letters = [...courtLetters(profile).values()]
  expect(letters).toHaveLength(profile.courts.filter((court) => court.counties.length > 0).length)
  expect(new Set(letters).size).toBe(letters.length)
  expect(letters.every((pair) => /^[A-Z]{2}$/.test(pair))).toBe(true)
})
