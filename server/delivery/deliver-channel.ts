import { setImmediate as otherWork, setTimeout as sleep } from 'node:timers/promises'
import type { Channel } from '../contract/vocabulary.ts'
import { hasDueMessages, hasUnsettledMessages } from '../domain/outbox/count-remaining.ts'
import type { BatchAnswer } from '../domain/outbox/decide-fates.ts'
import { addSettled, nothingSettled, type LeasedBatch, type LeasedMessage, type Settled } from '../domain/outbox/leased-batch.ts'
import type { Site } from '../domain/outbox/message-frame.ts'
import { settleUncomposed } from '../domain/outbox/settle-batch.ts'
import type { Log, Meter, Provider, ProviderOutcome, SettledOutcome } from '../ports.ts'
import { isBusy, type Workplace } from '../work.ts'
import { handOver } from './hand-over.ts'
import { paceOf, type BegunSlot, type Look, type Pace, type Slot } from './pace.ts'
import { leaseSeconds, settleAndLease, type AnsweredBatch } from './settle-and-lease.ts'
import { troubleOf, type Trouble } from './trouble.ts'

/** Steps of one batch, by name: what was done when it is told. */
export type DeliveryStep = 'leased' | 'composed' | 'answered' | 'settled'

/** What delivering needs, whichever way messages leave. */
export interface ChannelDeps {
  readonly workplace: Workplace
  readonly profile: Site['profile']
  readonly log: Log
  readonly meter?: Meter
  readonly reached?: (step: DeliveryStep) => void
}

// A worker that was frozen for longer hands nothing over: somebody else may be at it.
const freshForMs = 25_000
const letGoAfterMs = 8000
const holdWaitedForMs = 5000
const lookAgainMs = 500
const longestRestMs = 60_000
const busyAgainMs = 100
// Each may have to be rendered, which takes a few milliseconds.
const composedAtOnce = 5
// Measured: by then a client of a provider has written the request to its connection.
const turnsToLeave = 3

interface Composed<Message> {
  /** In the order of the batch. */
  readonly composed: readonly { readonly message: LeasedMessage; readonly mail: Message }[]
  readonly uncomposed: readonly { readonly id: number; readonly reason: string }[]
}

/** How the messages of one channel leave. */
export interface Way<Message> {
  readonly channel: Channel
  readonly provider: Provider<Message>
  readonly compose: (batch: LeasedBatch) => Composed<Message>
}

/**
 * Sends what is due of one channel and keeps its provider exactly full; see `deliverOutbox`. `mostMessages`: takes no more
 * batches than these fill.
 */
export async function deliverChannel<Message>(
  deps: ChannelDeps, way: Way<Message>, until: AbortSignal, runIds: readonly number[], mostMessages: number,
): Promise<Settled> {
  const delivery = new Delivery(deps, way, until, Math.ceil(mostMessages / way.provider.batchLimit))
  try {
    for (;;) {
      // A look costs no turn at the one writer.
      if (await hasDueMessages(deps.workplace.reading(), deps.profile, [way.channel])) await delivery.sendDue()
      if (until.aborted || runIds.length === 0 || !await hasUnsettledMessages(deps.workplace.reading(), deps.profile, runIds)) break
      await sleep(lookAgainMs, undefined, { signal: until }).catch(() => undefined)
    }
  } finally {
    delivery.stopListening()
  }
  return delivery.settled
}

/** One loop leases, composes and settles in turn; only requests to the provider run beside it. */
class Delivery<Message> {
  settled: Settled = nothingSettled
  readonly #deps: ChannelDeps
  readonly #way: Way<Message>
  readonly #pace: Pace
  readonly #trouble: Trouble
  readonly #until: AbortSignal
  readonly #mostBatches: number
  readonly #listening = new AbortController()
  readonly #underWay = new Set<Promise<void>>()
  #answered: AnsweredBatch[] = []
  #taken = 0
  /** Aborted when there is something to look at: an answer, or the end. */
  #wake = new AbortController()
  #stoppedAtMs = Number.POSITIVE_INFINITY
  /** Until when what is under way or answered is surely ours, on the clock of `performance.now()`; 0: there is nothing. */
  #heldUntilMs = 0
  /** When what the provider turned away for a moment is due again, on the clock of `performance.now()`; 0: there is none. */
  #dueAgainMs = 0

  constructor(deps: ChannelDeps, way: Way<Message>, until: AbortSignal, mostBatches: number) {
    this.#deps = deps
    this.#way = way
    this.#pace = paceOf(way.provider)
    this.#trouble = troubleOf(way.provider)
    this.#until = until
    this.#mostBatches = mostBatches
    const stop = (): void => {
      this.#stoppedAtMs = performance.now()
      this.#wake.abort()
    }
    if (until.aborted) stop()
    else until.addEventListener('abort', stop, { once: true, signal: this.#listening.signal })
  }

  stopListening(): void {
    this.#listening.abort()
  }

  async sendDue(): Promise<void> {
    try {
      do await this.#sendDueNow()
      while (await this.#isDueAgain())
    } catch (error) {
      await this.#writeDown().catch(() => undefined)
      throw error
    }
  }

  /** What has left is written down though something else failed, and so is what leaves just now. */
  async #writeDown(): Promise<void> {
    do this.#wake = new AbortController()
    while (performance.now() < this.#heldUntilMs && await this.#untilAnswered())
    if (this.#answered.length > 0) await this.#settleAndLease(null)
  }

  /** Waits for what the provider turned away for a moment only. False when there is no such thing. */
  async #isDueAgain(): Promise<boolean> {
    if (this.#dueAgainMs === 0 || this.#longestHoldMs() === 0) return false
    const waitMs = Math.max(0, this.#dueAgainMs - performance.now())
    this.#dueAgainMs = 0
    await sleep(waitMs, undefined, { signal: this.#until }).catch(() => undefined)
    return !this.#until.aborted
  }

  async #sendDueNow(): Promise<void> {
    for (let isDrained = false; ;) {
      // The database answers at once, so that without this nothing else would get a turn (P8).
      await otherWork()
      this.#wake = new AbortController()
      const isTaking: boolean = !isDrained && this.#mayTake()
      const look: Look | null = isTaking ? await this.#untilFree(() => this.#pace.look(this.#deps.workplace.reading())) : null
      const isLeasing: boolean = look?.isOpen ?? false
      if (isLeasing || this.#answered.length > 0) {
        // An answer may leave something that is due at once, so it is looked for again.
        isDrained = !await this.#settleAndLease(isLeasing ? look : null) && isLeasing
      } else if (isTaking) {
        isDrained = !await this.#untilFree(() => hasDueMessages(this.#deps.workplace.reading(), this.#deps.profile, [this.#way.channel]))
        if (!isDrained) await this.#pace.untilOpen(this.#wake.signal)
      } else if (!await this.#untilAnswered()) {
        return
      }
    }
  }

  #mayTake(): boolean {
    const room = this.#trouble.room(this.#deps.workplace.reading().now, this.#way.provider.concurrency)
    return !this.#until.aborted && this.#taken < this.#mostBatches && this.#underWay.size < room
      && this.#pace.heldForMs() <= this.#longestHoldMs()
  }

  /** How long a quiet that the provider asks for is waited for. */
  #longestHoldMs(): number {
    return this.#mostBatches < Number.POSITIVE_INFINITY ? 0 : holdWaitedForMs
  }

  /**
   * False when nothing is under way. When told to end, what does not end in time is let go with its lease: it is tried
   * again, under the same key, when that runs out.
   */
  async #untilAnswered(): Promise<boolean> {
    if (this.#underWay.size === 0) return false
    const leftMs = this.#stoppedAtMs + letGoAfterMs - performance.now()
    if (leftMs <= 0) return false
    const { signal } = this.#wake
    if (!this.#until.aborted) await sleep(longestRestMs, undefined, { signal }).catch(() => undefined)
    else await Promise.race([...this.#underWay, sleep(leftMs, undefined, { signal, ref: false }).catch(() => undefined)])
    return true
  }

  /**
   * Writes what was answered, leases what is next if `look` showed an open slot, and reserves that: one transaction, since
   * each costs a write to disk. False when nothing was due.
   */
  async #settleAndLease(look: Look | null): Promise<boolean> {
    const { profile, workplace, log, reached } = this.#deps
    const { channel, provider } = this.#way
    const answered = [...this.#answered]
    if (answered.length + this.#underWay.size === 0) this.#heldUntilMs = 0
    const { settlements, leased, slot, isTaken } = await this.#untilFree(() => workplace.inOneTransaction((work) =>
      settleAndLease(work, { profile, channel, provider, pace: this.#pace }, answered, look)))
    this.#answered = this.#answered.slice(answered.length)
    for (const settled of settlements) {
      this.#count(settled)
      reached?.('settled')
      if (settled.lost > 0) log.info('A lease had run out before its answer came', { messages: settled.lost })
    }
    this.#noteShortWaits(answered)
    this.#count(leased.settled)
    if (leased.batch && slot) {
      this.#taken++
      await this.#start(leased.batch, slot)
    }
    return isTaken || leased.batch !== null || !isNothing(leased.settled)
  }

  /**
   * While a lease is held, a database that another keeps is asked again: what has left is written down while that still
   * counts, instead of being found unknown later.
   */
  async #untilFree<T>(todo: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await todo()
      } catch (error) {
        if (!isBusy(error) || performance.now() > Math.min(this.#heldUntilMs, this.#stoppedAtMs + letGoAfterMs)) throw error
        await sleep(busyAgainMs)
      }
    }
  }

  #noteShortWaits(answered: readonly AnsweredBatch[]): void {
    for (const { answer } of answered) {
      if (answer.kind === 'failed' && answer.retryAfterMs !== null && answer.retryAfterMs <= holdWaitedForMs) {
        this.#dueAgainMs = Math.max(this.#dueAgainMs, performance.now() + answer.retryAfterMs)
      }
    }
  }

  /** Resolves when the batch is on its way. */
  async #start(batch: LeasedBatch, reserved: Slot): Promise<void> {
    const { workplace, log, reached } = this.#deps
    const leasedAtMs = performance.now()
    this.#heldUntilMs = leasedAtMs + leaseSeconds * 1000
    reached?.('leased')
    const { composed, uncomposed } = await this.#compose(batch)
    if (uncomposed.length > 0) {
      this.#count(await this.#untilFree(() => workplace.inOneTransaction((work) => settleUncomposed(work, batch, uncomposed))))
      log.error('Messages could not be composed', new Error('See their reasons in the outbox.'), { messages: uncomposed.length })
    }
    const left = { ...batch, messages: composed.map(({ message }) => message) }
    reached?.('composed')
    if (composed.length === 0) {
      this.#answered.push({ batch: left, answer: notAsked, slot: null })
      return
    }
    const slot = await this.#untilFree(() => this.#pace.begin(workplace, reserved))
    if (!slot) this.#answered.push({ batch: left, answer: turnedAway('Held back: the provider asked for quiet.', this.#pace.heldForMs()), slot })
    else if (performance.now() - leasedAtMs > freshForMs) this.#answered.push({ batch: left, answer: turnedAway('Held back: its worker was too slow.', 0), slot: null })
    else this.#send(left, composed.map(({ mail }) => mail), slot)
  }

  /** In pieces, so that nothing else waits for a whole batch to be rendered (R8). */
  async #compose(batch: LeasedBatch): Promise<Composed<Message>> {
    const pieces: Composed<Message>[] = []
    for (let at = 0; at < batch.messages.length; at += composedAtOnce) {
      if (at > 0) await otherWork()
      pieces.push(this.#way.compose({ ...batch, messages: batch.messages.slice(at, at + composedAtOnce) }))
    }
    return { composed: pieces.flatMap(({ composed }) => composed), uncomposed: pieces.flatMap(({ uncomposed }) => uncomposed) }
  }

  #send(batch: LeasedBatch, mails: readonly Message[], slot: BegunSlot): void {
    const task = handOver(this.#way, this.#deps.log, batch.providerKey, mails).then((answer) => {
      this.#deps.meter?.count('providerAnswers', { channel: this.#way.channel, outcome: outcomeOf(answer) }, 1)
      this.#underWay.delete(task)
      this.#answered.push({ batch, answer, slot })
      this.#trouble.tell(answer, this.#deps.workplace.reading().now)
      this.#pace.answered(answer.kind === 'failed' ? answer.retryAfterMs : null)
      this.#deps.reached?.('answered')
      this.#wake.abort()
    })
    this.#underWay.add(task)
    afterTurns(turnsToLeave, () => this.#pace.left(slot))
  }

  #count(settled: Settled): void {
    for (const outcome of settledOutcomes) {
      if (settled[outcome] > 0) this.#deps.meter?.count('messagesSettled', { channel: this.#way.channel, outcome }, settled[outcome])
    }
    this.settled = addSettled(this.settled, settled)
  }
}

const afterTurns = (turns: number, todo: () => void): void => void setImmediate(turns > 1 ? () => afterTurns(turns - 1, todo) : todo)

const settledOutcomes: readonly SettledOutcome[] = ['sent', 'retrying', 'failed', 'cancelled', 'parked', 'lost']

function outcomeOf(answer: BatchAnswer): ProviderOutcome {
  switch (answer.kind) {
    case 'replayed': return 'replayed'
    case 'answered': return answer.mails.every(({ kind }) => kind === 'sent') ? 'accepted' : 'partlyRefused'
    case 'failed': return answer.isUnanswered ? 'unanswered' : answer.isFinal ? 'final' : 'passing'
  }
}

const isNothing = ({ sent, retrying, failed, cancelled, parked }: Settled): boolean => sent + retrying + failed + cancelled + parked === 0

// Nothing is left to ask of the provider: what it took of earlier tries stays unknown.
const notAsked: BatchAnswer = { kind: 'failed', reason: 'No mail could be made of it.', isFinal: true, isUnanswered: false, retryAfterMs: null }

const turnedAway = (reason: string, retryAfterMs: number): BatchAnswer => ({ kind: 'failed', reason, isFinal: false, isUnanswered: false, retryAfterMs })
