import { randomBytes } from 'node:crypto'
import { setImmediate as otherWork, setTimeout as sleep } from 'node:timers/promises'
import type { LinkKeys } from '../domain/links/link-token.ts'
import { countRemaining, hasUnsettledNotices } from '../domain/outbox/count-remaining.ts'
import type { BatchAnswer } from '../domain/outbox/decide-fates.ts'
import { leaseBatch } from '../domain/outbox/lease-messages.ts'
import { addSettled, nothingSettled, type LeasedBatch, type Settled } from '../domain/outbox/leased-batch.ts'
import { settleBatch, settleUncomposed } from '../domain/outbox/settle-batch.ts'
import { DeliveryError, type Log, type Mail, type Mailer } from '../ports.ts'
import type { Workplace } from '../work.ts'
import { createComposer, type ComposedBatch } from './compose.tsx'
import { paceOf } from './pace.ts'

/** Steps of one batch, by name: what was done when it is told. */
export type DeliveryStep = 'leased' | 'composed' | 'answered' | 'settled'

export interface DeliveryDeps {
  readonly workplace: Workplace
  readonly mailer: Mailer
  readonly linkKeys: LinkKeys
  readonly log: Log
  /** Who delivers, for whoever looks at a lease. */
  readonly workerName: string
  readonly reached?: (step: DeliveryStep) => void
}

export interface DeliveryOptions {
  /** Takes nothing more once this is aborted; what is under way is finished, or let go after 8 seconds. */
  readonly until?: AbortSignal
  /** Goes on, others' work included, until no notice of these runs waits or is being sent. Give `until` with it. */
  readonly runIds?: readonly number[]
}

export interface Delivered {
  readonly sent: number
  readonly retrying: number
  /** Refused for good, or parked for a person. */
  readonly failed: number
  readonly cancelled: number
  /** What still has to leave, now or later. */
  readonly remaining: number
}

// Longer than the longest request, so that only the dead and the frozen lose a lease.
const leaseSeconds = 60
// A worker that was frozen for longer hands nothing over: somebody else may be at it.
const freshForMs = 25_000
const letGoAfterMs = 8000
const holdWaitedForMs = 5000
const lookAgainMs = 500

/**
 * Sends all that is due now and keeps the provider exactly full: one request a slot, mail that visitors wait for first.
 * Returns when nothing is due, or when the provider has asked for more than a few seconds of quiet. However many do this
 * at once, and wherever they are killed, nothing is lost and nothing leaves twice (N1, N2).
 */
export async function deliverOutbox(deps: DeliveryDeps, { until = new AbortController().signal, runIds = [] }: DeliveryOptions = {}): Promise<Delivered> {
  const delivery = new Delivery(deps, until)
  try {
    for (;;) {
      await delivery.sendDue()
      if (until.aborted || runIds.length === 0 || !await hasUnsettledNotices(deps.workplace.reading(), runIds)) break
      await sleep(lookAgainMs, undefined, { signal: until }).catch(() => undefined)
    }
  } finally {
    delivery.stopListening()
  }
  const { sent, retrying, failed, parked, cancelled } = delivery.settled
  const delivered = { sent, retrying, failed: failed + parked, cancelled, remaining: await countRemaining(deps.workplace.reading()) }
  if (!isNothing(delivery.settled)) deps.log.info('Mail was delivered', delivered)
  return delivered
}

class Delivery {
  settled: Settled = nothingSettled
  readonly #deps: DeliveryDeps
  readonly #until: AbortSignal
  readonly #compose: (batch: LeasedBatch) => ComposedBatch
  readonly #underWay = new Set<Promise<void>>()
  /** Resolves when `until` is aborted. */
  readonly #stopped: Promise<void>
  readonly #listening = new AbortController()
  #failure: { readonly error: unknown } | undefined

  constructor(deps: DeliveryDeps, until: AbortSignal) {
    this.#deps = deps
    this.#until = until
    this.#stopped = new Promise((resolve) => {
      if (until.aborted) resolve()
      else until.addEventListener('abort', () => resolve(), { once: true, signal: this.#listening.signal })
    })
    this.#compose = createComposer(deps.linkKeys)
  }

  stopListening(): void {
    this.#listening.abort()
  }

  async sendDue(): Promise<void> {
    const { mailer } = this.#deps
    const pace = paceOf(mailer)
    while (!this.#failure && !this.#until.aborted) {
      // The database answers at once, so that without this nothing else would get a turn (P8).
      await otherWork()
      if (this.#underWay.size >= mailer.concurrency) {
        await Promise.race([...this.#underWay, this.#stopped])
        continue
      }
      if (pace.heldForMs() > holdWaitedForMs || !await pace.untilOpen(this.#until)) break
      const { batch, settled } = await this.#lease()
      this.settled = addSettled(this.settled, settled)
      if (batch) await this.#start(batch)
      else if (isNothing(settled)) {
        if (this.#underWay.size === 0) break
        // What is under way may leave something that is due at once.
        await Promise.race([...this.#underWay, this.#stopped])
      }
    }
    await this.#finish()
    if (this.#failure) throw this.#failure.error
  }

  #lease() {
    const { mailer, workplace, workerName } = this.#deps
    return workplace.inOneTransaction((work) => leaseBatch(work, {
      // Of its own for each lease: a worker that wakes late is not taken for itself.
      worker: `${workerName}/${randomBytes(6).toString('base64url')}`,
      limit: mailer.batchLimit,
      seconds: leaseSeconds,
      remembersForMs: mailer.remembersForMs,
    }))
  }

  /** Resolves when the batch is on its way; its answer is waited for in `underWay`. */
  async #start(batch: LeasedBatch): Promise<void> {
    const { mailer, reached } = this.#deps
    const leasedAtMs = performance.now()
    reached?.('leased')
    const { composed, uncomposed } = this.#compose(batch)
    if (uncomposed.length > 0) {
      this.#count(await this.#deps.workplace.inOneTransaction((work) => settleUncomposed(work, batch, uncomposed)))
      this.#deps.log.error('Messages could not be composed', new Error('See their reasons in the outbox.'), { messages: uncomposed.length })
    }
    const left = { ...batch, messages: composed.map(({ message }) => message) }
    reached?.('composed')
    if (composed.length === 0) {
      await this.#settle(left, { kind: 'answered', mails: [] })
      return
    }
    const pace = paceOf(mailer)
    if (!await pace.take()) {
      await this.#settle(left, turnedAway('Held back: the provider asked for quiet.', pace.heldForMs()))
      return
    }
    if (performance.now() - leasedAtMs > freshForMs) {
      await this.#settle(left, turnedAway('Held back: its worker was too slow.', 0))
      return
    }
    const task = this.#send(left, composed.map(({ mail }) => mail))
      .catch((error: unknown) => {
        this.#failure ??= { error }
      })
      .finally(() => this.#underWay.delete(task))
    this.#underWay.add(task)
  }

  async #send(batch: LeasedBatch, mails: readonly Mail[]): Promise<void> {
    const answer = await this.#handOver(batch.providerKey, mails)
    this.#deps.reached?.('answered')
    await this.#settle(batch, answer)
  }

  async #handOver(batchKey: string, mails: readonly Mail[]): Promise<BatchAnswer> {
    const { mailer, log } = this.#deps
    try {
      return await mailer.send(batchKey, mails)
    } catch (error) {
      // What is no DeliveryError is a bug of ours or of the vendor's: whether the mail left is not known.
      const { isFinal, isUnanswered, retryAfterMs } = error instanceof DeliveryError ? error : { isFinal: false, isUnanswered: true, retryAfterMs: null }
      log.error('A batch was not taken', nameless(error), { mails: mails.length, isFinal, isUnanswered, retryAfterMs })
      if (retryAfterMs !== null) paceOf(mailer).holdFor(retryAfterMs)
      return { kind: 'failed', reason: error instanceof Error ? error.message : 'The provider failed.', isFinal, isUnanswered, retryAfterMs }
    }
  }

  async #settle(batch: LeasedBatch, answer: BatchAnswer): Promise<void> {
    const { workplace, mailer, log, reached } = this.#deps
    const settled = await workplace.inOneTransaction((work) => settleBatch(work, batch, answer, {
      remembersForMs: mailer.remembersForMs,
      jitter: Math.random(),
    }))
    this.#count(settled)
    reached?.('settled')
    if (settled.lost > 0) log.info('A lease had run out before its answer came', { messages: settled.lost })
  }

  #count(settled: Settled): void {
    this.settled = addSettled(this.settled, settled)
  }

  /** What does not end in time is let go with its lease: it is tried again, under the same key, when that runs out. */
  async #finish(): Promise<void> {
    const all = Promise.all(this.#underWay)
    if (!this.#until.aborted) await Promise.race([all, this.#stopped])
    if (!this.#until.aborted) return
    const timer = new AbortController()
    await Promise.race([all, sleep(letGoAfterMs, undefined, { signal: timer.signal, ref: false }).catch(() => undefined)])
    timer.abort()
  }
}

const isNothing = ({ sent, retrying, failed, cancelled, parked }: Settled): boolean => sent + retrying + failed + cancelled + parked === 0

const turnedAway = (reason: string, retryAfterMs: number): BatchAnswer => ({ kind: 'failed', reason, isFinal: false, isUnanswered: false, retryAfterMs })

/** Its words may hold an address: they go to the outbox, cleaned, and not into a log. */
const nameless = (error: unknown): Error => new Error(error instanceof DeliveryError ? 'See the reason in the outbox.' : `Unexpected ${error instanceof Error ? error.name : 'failure'}.`)
