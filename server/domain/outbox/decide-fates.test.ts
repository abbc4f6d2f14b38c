import { describe, expect, it } from 'vitest'
import { backoffMs, decideFates, type BatchAnswer, type Circumstances } from './decide-fates.ts'
import type { LeasedBatch, LeasedMessage } from './leased-batch.ts'
import { cleanReason } from './clean-reason.ts'

const now = new Date('2026-11-20T18:00:00Z')
const seconds = (count: number): Date => new Date(now.getTime() + count * 1000)
const message = (id: number, facts: Partial<LeasedMessage> = {}): LeasedMessage => ({
  id, kind: 'notice', address: 'one@mail.example.com', carrier: null, subscriberId: 1, subscriptionId: 1, linkVersion: 1, contentId: 1, isPrivate: false, note: '', bundle: [], attempts: 1, identity: `m${id}`, ...facts,
})
const batch = (facts: Partial<LeasedBatch> = {}): LeasedBatch => ({
  worker: 'w', batchId: 5, providerKey: 'k', isRetry: false, messages: [message(1), message(2)], dropped: [], contents: new Map(), ...facts,
})
const failed = (facts: Partial<Extract<BatchAnswer, { kind: 'failed' }>> = {}): BatchAnswer =>
  ({ kind: 'failed', reason: 'Busy.', isFinal: false, isUnanswered: true, retryAfterMs: null, ...facts })
const remembering: Circumstances = { now, remembersForMs: 86_400_000, jitter: 0.5 }
const forgetting: Circumstances = { ...remembering, remembersForMs: 0 }
const movesOf = (given: LeasedBatch, answer: BatchAnswer, circumstances = remembering) => decideFates(given, answer, circumstances).moves

describe('what becomes of a batch', () => {
  it('stays together under its key when the answer is missing', () => {
    expect(movesOf(batch(), failed())).toEqual([1, 2].map((id) =>
      ({ id, to: 'waiting', reason: 'Busy.', dueAt: seconds(30), batchId: 5, isTry: true })))
  })

  it('is free to join others when surely nothing of it left', () => {
    expect(movesOf(batch(), failed({ isUnanswered: false }))[0]).toMatchObject({ to: 'waiting', batchId: null, isTry: true })
    // But not once an earlier try of it was left without an answer.
    expect(movesOf(batch({ isRetry: true }), failed({ isUnanswered: false }))[0]).toMatchObject({ to: 'waiting', batchId: 5 })
  })

  it('waits exactly as long as the provider asks, and that was no try', () => {
    expect(movesOf(batch({ messages: [message(1, { attempts: 8 })] }), failed({ isUnanswered: false, retryAfterMs: 90_500 })))
      .toEqual([{ id: 1, to: 'waiting', reason: 'Busy.', dueAt: seconds(90.5), batchId: null, isTry: false }])
    expect(movesOf(batch(), failed({ isUnanswered: true, retryAfterMs: 4000 }))[0]).toMatchObject({ dueAt: seconds(4), isTry: true })
  })

  it('is given up after eight tries: failed when surely nothing left, parked when that is not known', () => {
    const tired = (facts: Partial<LeasedMessage> = {}) => batch({ messages: [message(1, { attempts: 8, ...facts })] })
    expect(movesOf(batch({ messages: [message(1, { attempts: 7 })] }), failed())[0]).toMatchObject({ to: 'waiting' })
    expect(movesOf(tired(), failed({ isUnanswered: false }))).toEqual([{ id: 1, to: 'failed', reason: 'Gave up after 8 tries: Busy.' }])
    expect(movesOf(tired(), failed())).toEqual([{ id: 1, to: 'parked', reason: 'Whether it left is not known: Gave up after 8 tries: Busy.' }])
    expect(movesOf(tired({ kind: 'verification' }), failed())[0]).toMatchObject({ to: 'failed' })
  })

  it('is parked at once where the provider remembers nothing, mail that a visitor asked for excepted', () => {
    const mixed = batch({ messages: [message(1), message(2, { kind: 'verification' }), message(3, { kind: 'report' })] })
    expect(movesOf(mixed, failed(), forgetting)).toMatchObject([{ to: 'parked' }, { to: 'waiting', batchId: null }, { to: 'waiting', batchId: null }])
    expect(movesOf(mixed, failed({ isUnanswered: false }), forgetting)).toMatchObject([{ to: 'waiting' }, { to: 'waiting' }, { to: 'waiting' }])
  })

  it('is parked, not sent or lost, when an answer does not speak of it', () => {
    expect(movesOf(batch(), { kind: 'answered', mails: [{ kind: 'sent', providerId: 'p' }] })).toMatchObject([{ to: 'sent' }, { to: 'parked' }])
  })

  it('is cut in two when it is refused as a whole, down to the one mail that is wrong', () => {
    const five = batch({ messages: [1, 2, 3, 4, 5].map((id) => message(id)), dropped: [{ id: 9, reason: 'Stopped.' }] })
    const fates = decideFates(five, failed({ isFinal: true, isUnanswered: false }), remembering)
    expect(fates.halves.map((half) => half.map(({ id }) => id))).toEqual([[1, 2, 3], [4, 5]])
    expect(fates.moves).toEqual([{ id: 9, to: 'cancelled', reason: 'Stopped.' }])
    expect(movesOf(batch({ messages: [message(1)] }), failed({ isFinal: true, isUnanswered: false }))).toEqual([{ id: 1, to: 'failed', reason: 'Busy.' }])
  })

  it('is neither cut nor failed when it is refused after a try without an answer, which may have arrived (N2)', () => {
    const mixed = batch({
      isRetry: true,
      messages: [message(1, { attempts: 2 }), message(2, { kind: 'verification', attempts: 2 }), message(3, { kind: 'report', attempts: 8 })],
      dropped: [{ id: 9, reason: 'Stopped.' }],
    })
    const fates = decideFates(mixed, failed({ reason: 'Refused.', isFinal: true, isUnanswered: false }), remembering)
    expect(fates.halves).toEqual([])
    expect(fates.moves).toEqual([
      { id: 1, to: 'parked', reason: 'Refused. Whether an earlier one left is not known.' },
      { id: 2, to: 'waiting', reason: 'Refused.', dueAt: seconds(120), batchId: null, isTry: true },
      { id: 3, to: 'failed', reason: 'Gave up after 8 tries: Refused.' },
      { id: 9, to: 'cancelled', reason: 'Stopped. Whether an earlier try arrived is not known.' },
    ])
    const alone = batch({ isRetry: true, messages: [message(1)] })
    expect(movesOf(alone, failed({ isFinal: true, isUnanswered: false }))).toMatchObject([{ to: 'parked' }])
  })

  it('keeps what was dropped with its batch until the batch is answered', () => {
    const dropping = batch({ isRetry: true, messages: [message(1)], dropped: [{ id: 9, reason: 'Stopped.' }] })
    const inDoubt = 'Stopped. Whether an earlier try arrived is not known.'
    expect(movesOf(dropping, failed())[1]).toMatchObject({ id: 9, to: 'waiting', batchId: 5, reason: inDoubt })
    expect(movesOf(dropping, { kind: 'answered', mails: [{ kind: 'sent', providerId: null }] })[1]).toEqual({ id: 9, to: 'cancelled', reason: 'Stopped.' })
    expect(movesOf(dropping, { kind: 'replayed' })).toEqual([1, 9].map((id) => ({ id, to: 'sent', providerId: null })))
  })

  it('takes for sent nothing that a try before the last was without (N1)', () => {
    const inDoubt = 'Stopped. Whether an earlier try arrived is not known.'
    const dropping = batch({ isRetry: true, messages: [message(1)], dropped: [{ id: 8, reason: inDoubt }, { id: 9, reason: 'Stopped.' }] })
    expect(movesOf(dropping, { kind: 'replayed' })).toEqual([
      { id: 1, to: 'sent', providerId: null }, { id: 8, to: 'cancelled', reason: inDoubt }, { id: 9, to: 'sent', providerId: null },
    ])
    expect(movesOf(dropping, { kind: 'answered', mails: [{ kind: 'sent', providerId: null }] }).slice(1)).toEqual([8, 9].map((id) => ({ id, to: 'cancelled', reason: 'Stopped.' })))
  })
})

describe('the wait before the next try', () => {
  it('grows from half a minute to four hours, a fifth more or less', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => backoffMs(attempts, 0.5) / 1000)).toEqual([30, 120, 480, 1800, 3600, 7200, 14_400, 14_400])
    expect([backoffMs(1, 0), backoffMs(1, 1)]).toEqual([24_000, 36_000])
    expect([backoffMs(7, 0), backoffMs(7, 1)]).toEqual([11_520_000, 14_400_000])
  })
})

describe('a reason', () => {
  it('holds no address, no control character and not too much', () => {
    expect(cleanReason('550 <pat@mail.example>: no\r\nsuch\u202E user (pat@mail.example)')).toBe('550 (address) no such user (address)')
    expect(cleanReason('x'.repeat(1000))).toHaveLength(300)
  })
})
