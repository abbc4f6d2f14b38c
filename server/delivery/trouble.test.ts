import { describe, expect, it } from 'vitest'
import type { BatchAnswer } from '../domain/outbox/decide-fates.ts'
import { createTrouble } from './trouble.ts'

const noon = Date.parse('2026-11-20T12:00:00-06:00')
const at = (seconds: number): Date => new Date(noon + seconds * 1000)
const unanswered: BatchAnswer = { kind: 'failed', reason: '500', isFinal: false, isUnanswered: true, retryAfterMs: null }
const turnedAway: BatchAnswer = { kind: 'failed', reason: '429', isFinal: false, isUnanswered: false, retryAfterMs: 1000 }

describe('the trouble of a provider', () => {
  const afterFailures = (count: number) => {
    const trouble = createTrouble()
    for (let nth = 0; nth < count; nth++) trouble.tell(unanswered, at(0))
    return trouble
  }

  it('is eight failures in a row, then one request at a time twice a minute', () => {
    expect(afterFailures(7).room(at(0), 20)).toBe(20)
    const trouble = afterFailures(8)
    expect([0, 29, 30, 31].map((seconds) => trouble.room(at(seconds), 20))).toEqual([0, 0, 1, 1])
    expect(trouble.quietForMs(at(10))).toBe(20_000)
    trouble.tell(unanswered, at(31))
    expect([32, 61].map((seconds) => trouble.room(at(seconds), 20))).toEqual([0, 1])
  })

  it('is over with the first answer of any kind', () => {
    for (const answer of [{ kind: 'answered', mails: [] }, { kind: 'replayed' }, turnedAway] satisfies BatchAnswer[]) {
      const trouble = afterFailures(9)
      trouble.tell(answer, at(30))
      expect(trouble.room(at(30), 20)).toBe(20)
      expect(trouble.quietForMs(at(30))).toBe(0)
    }
  })

  it('outlasts no clock that is set back', () => {
    expect(afterFailures(8).room(at(-3600), 20)).toBe(1)
  })
})
