/** Chance that falls the same way again for the same seed. */
export interface Dice {
  /** At least 0, below 1. */
  roll(): number
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number
  chance(probability: number): boolean
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  /** Two different ones of a list of two or more. */
  pickTwo<T>(list: readonly T[]): readonly [T, T]
}

/** Dice for one purpose: every seed and every name of what they are for have their own sequence. */
export function diceFor(seed: number, ...purpose: readonly (string | number)[]): Dice {
  let state = hash(`${seed} ${purpose.join(' ')}`)
  const roll = (): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number): number => least + Math.floor(roll() * (most - least + 1))
  const at = <T>(list: readonly T[], index: number): T => {
    const one = list[index]
    if (one === undefined) throw new Error('There is nothing to pick from.')
    return one
  }
  return {
    roll,
    between,
    chance: (probability) => roll() < probability,
    pick: (list) => at(list, between(0, list.length - 1)),
    pickTwo(list) {
      const first = between(0, list.length - 1)
      const second = (first + between(1, list.length - 1)) % list.length
      return [at(list, first), at(list, second)]
    },
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193)
  return sum | 0
}
