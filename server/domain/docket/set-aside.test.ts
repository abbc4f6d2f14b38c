import { describe, expect, it } from 'vitest'
import { SetAside, type Arrival } from './set-aside.ts'

const arrival = (line: number): Arrival => ({
  line, counts: line % 2 === 0,
  record: {
    type: 'docketEntry', case: '25BE-CR00311', court: null, id: `e-${line}`, filedAt: '2026-11-20', description: 'Zażalenie – “B”',
    text: 'x'.repeat(line % 50),
  },
})

describe('records set aside', () => {
  it.each([0, 1, 999, 1_000, 1_001, 3_500])('come back in order and as they were: %i of them', (count) => {
    const aside = new SetAside()
    const all = Array.from({ length: count }, (_, index) => arrival(index + 1))
    for (const one of all) aside.put(one)
    expect([...aside.take()]).toEqual(all)
    expect([...aside.take()]).toEqual([])
  })
})
