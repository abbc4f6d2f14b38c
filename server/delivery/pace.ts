import { setTimeout as sleep } from 'node:timers/promises'
import {
  adjustNext, findPace, freeInMs, getPace, holdInMs, holdProvider, longestHoldMs, reserveSlot, type LastRequest, type ProviderPace, type ReservedSlot,
} from '../domain/outbox/reserve-slot.ts'
import type { Provider } from '../ports.ts'
import type { Reading, Work, Workplace } from '../work.ts'

// A first request opens a connection and arrives late, nobody knows how late before its answer: the others wait so long for it.
const coldAfterMs = 3000
const coldWaitMs = 1000
// A process whose connection is open loses none of that time, so it is let go first.
const coldLaterMs = 40
// A slot opens before it begins, by what leasing and composing took lately, and by no more than half a distance or this.
const longestLeadMs = 100
// Somebody may have given a slot back, or been turned away.
const looksAgainMs = 250
// Just before it hands over, a process asks whether somebody was turned away.
const lastLookMs = 5
const firstAgainMs = 4
// An answer of the database that took longer says only roughly what its clock shows.
const roughAfterMs = 10

/** The time that one request may leave in, on the clock of `performance.now()`. */
export interface Slot {
  readonly fromMs: number
  readonly untilMs: number
  /** When the next one begins if all leave when they should. */
  readonly evenMs: number
  /** When the work for it began. */
  readonly openedMs: number
  /** Whether its request opens a connection. */
  readonly isCold: boolean
  /** Null where the provider has no rate. */
  readonly reserved: ReservedSlot | null
}

/** A slot whose request leaves. */
export interface BegunSlot extends Slot {
  readonly begunMs: number
}

/** What a look at the slots showed. */
export interface Look {
  readonly isOpen: boolean
  readonly atMs: number
  /** How far the clock of `performance.now()` may be from where the database's is taken to stand. */
  readonly roughMs: number
  readonly pace: ProviderPace | undefined
}

/**
 * The slots of one provider, for everybody who hands mail to it, in whatever process. Where it has no rate, only what it
 * turned away in this process holds others back, and nothing is written.
 */
export interface Pace {
  /** Whether the next slot is open: then is the time to see what leaves in it. */
  look(reading: Reading): Promise<Look>
  /** The same within a transaction, where it stays so until the end. */
  lookWithin(work: Work): Promise<Look>
  /** Resolves when it is time to look again, or when `signal` comes first. */
  untilOpen(signal: AbortSignal): Promise<void>
  /** Takes the slot that a look in the same transaction found open. `openedMs`: when the work for it began. */
  reserve(work: Work, look: Look, openedMs: number): Promise<Slot>
  /**
   * Resolves when the slot begins: now is the time to hand over. Who comes too late for it is given another. Null when
   * nothing may leave after all.
   */
  begin(workplace: Pick<Workplace, 'reading' | 'inOneTransaction'>, slot: Slot): Promise<BegunSlot | null>
  /** The request of the slot has left. */
  left(slot: BegunSlot): void
  /** The provider answered a request, and turned it away for so long unless null. At once for this process … */
  answered(turnedAwayMs: number | null): void
  /** … and for all with the transaction that settles it. */
  tell(work: Work, slot: BegunSlot, isTurnedAway: boolean): Promise<void>
  /** How long nothing may leave still, as far as this process knows. */
  heldForMs(): number
}

/** `requestsPerSecond` null: a slot is always open. `provider` names whose slots they are, on all machines. */
export function createPace(requestsPerSecond: number | null, provider: string): Pace {
  let nextMs = Number.NEGATIVE_INFINITY
  // What this process was told itself, and what the row says of all: the row may be mended.
  let ownHoldMs = 0
  let sharedHoldMs = 0
  let leadMs = 0
  let usedMs = Number.NEGATIVE_INFINITY
  let last: { readonly leftMs: number; readonly nextAt: Date; readonly evenMs: number } | null = null
  // When the last ones left that nobody else's came between, as many as the provider takes in a second.
  let ownLeftMs: readonly number[] = []
  let usuallyTakesMs = 0
  let unpunctualMs = 0
  const leftLate = new WeakMap<ReservedSlot, number>()
  const halfMs = requestsPerSecond === null ? 0 : 500 / requestsPerSecond
  const isCold = (): boolean => requestsPerSecond !== null && performance.now() - usedMs > coldAfterMs
  const holdEndsMs = (): number => Math.max(ownHoldMs, sharedHoldMs)
  const heldForMs = (): number => Math.max(0, holdEndsMs() - performance.now())
  // A hold ends before anything is leased: what is leased then is what matters most then.
  const opensMs = (): number =>
    Math.max(nextMs + (isCold() ? Math.min(coldLaterMs, halfMs) : -Math.min(leadMs, Math.max(halfMs, longestLeadMs))), holdEndsMs())

  function lastAt(atMs: number): LastRequest | null {
    if (!last) return null
    const secondAgoMs = requestsPerSecond === null ? undefined : ownLeftMs.at(-requestsPerSecond)
    return {
      leftInMs: last.leftMs - atMs, nextAt: last.nextAt, evenInMs: last.evenMs - atMs,
      secondAgoInMs: secondAgoMs === undefined || !Number.isInteger(requestsPerSecond) ? null : secondAgoMs - atMs,
    }
  }

  async function look(find: () => Promise<ProviderPace | undefined>): Promise<Look> {
    const askedMs = performance.now()
    const pace = requestsPerSecond === null ? undefined : await find()
    const toldMs = performance.now()
    const atMs = (askedMs + toldMs) / 2
    if (pace && requestsPerSecond !== null) {
      nextMs = atMs + freeInMs(pace, requestsPerSecond, lastAt(atMs))
      sharedHoldMs = atMs + holdInMs(pace)
    }
    return { isOpen: toldMs >= opensMs(), atMs, roughMs: Math.max(0, (toldMs - askedMs - roughAfterMs) / 2), pace }
  }

  async function reserve(
    work: Work, { atMs, roughMs, pace }: Look, openedMs: number, readyMs: number, instead: Slot | null,
  ): Promise<Slot> {
    if (requestsPerSecond === null) return { fromMs: 0, untilMs: Number.POSITIVE_INFINITY, evenMs: 0, openedMs, isCold: false, reserved: null }
    if (!pace) throw new Error('A slot is reserved from a look within the same transaction.')
    const cold = instead?.isCold ?? isCold()
    const reserved = await reserveSlot(work, pace, {
      provider, requestsPerSecond, readyInMs: readyMs - atMs, last: lastAt(atMs), unpunctualMs,
      roomMs: cold ? coldWaitMs : 0, instead: instead?.reserved ? { ...instead.reserved, evenInMs: instead.evenMs - atMs } : null,
    })
    return {
      evenMs: atMs + reserved.evenInMs,
      fromMs: atMs + reserved.freeInMs + roughMs,
      untilMs: atMs + reserved.beginsInMs + reserved.toleranceMs - roughMs,
      openedMs, isCold: cold, reserved,
    }
  }

  const lookFrom = (reading: Reading): Promise<Look> => look(() => findPace(reading, provider))
  const lookWithin = (work: Work): Promise<Look> => look(() => getPace(work, provider))

  return {
    look: lookFrom,
    lookWithin,
    untilOpen(signal) {
      const latestMs = performance.now() + looksAgainMs
      return until(() => Math.min(opensMs(), latestMs), signal)
    },
    reserve: (work, seen, openedMs) => reserve(work, seen, openedMs, Math.max(openedMs + leadMs, performance.now() + firstAgainMs), null),
    async begin(workplace, slot) {
      leadMs = Math.max(1.5 * (performance.now() - slot.openedMs), 0.9 * leadMs)
      let mine = slot
      for (let readyInMs = firstAgainMs; ; readyInMs *= 2) {
        await until(() => mine.fromMs - lastLookMs)
        if (requestsPerSecond !== null) await lookFrom(workplace.reading())
        const isEarly = performance.now() < mine.fromMs
        await until(() => mine.fromMs)
        if (isEarly) unpunctualMs = Math.max(performance.now() - mine.fromMs, 0.8 * unpunctualMs)
        if (heldForMs() > 0) return null
        if (performance.now() <= mine.untilMs) {
          usedMs = performance.now()
          return { ...mine, begunMs: usedMs }
        }
        const again = await workplace.inOneTransaction(async (work) => {
          const seen = await lookWithin(work)
          return heldForMs() > 0 ? null : reserve(work, seen, mine.openedMs, performance.now() + readyInMs, mine)
        })
        if (!again) return null
        mine = again
      }
    },
    left({ begunMs, untilMs, evenMs, isCold: wasCold, reserved }) {
      if (!reserved) return
      const tookMs = performance.now() - begunMs
      // What each takes to leave puts none of them nearer to the next.
      const lateMs = Math.max(0, tookMs - usuallyTakesMs)
      const leftMs = begunMs + lateMs
      if (usuallyTakesMs > 0) unpunctualMs = Math.max(unpunctualMs, lateMs)
      if (!wasCold) usuallyTakesMs = usuallyTakesMs === 0 ? tookMs : 0.8 * usuallyTakesMs + 0.2 * tookMs
      if (leftMs > untilMs) leftLate.set(reserved, leftMs)
      // When a cold one arrives is not known yet.
      last = wasCold ? null : { leftMs, nextAt: reserved.nextAt, evenMs }
      ownLeftMs = wasCold ? [] : [...reserved.isNextOfOwn ? ownLeftMs : [], leftMs].slice(-Math.ceil(requestsPerSecond ?? 1))
    },
    answered(turnedAwayMs) {
      usedMs = performance.now()
      if (turnedAwayMs !== null) ownHoldMs = Math.max(ownHoldMs, performance.now() + Math.min(turnedAwayMs, longestHoldMs))
    },
    async tell(work, { isCold: wasCold, reserved }, isTurnedAway) {
      if (requestsPerSecond === null || reserved === null) return
      const reallyLeftMs = wasCold ? performance.now() : leftLate.get(reserved)
      if (reallyLeftMs !== undefined) {
        const nextAt = await adjustNext(work, reserved, { provider, requestsPerSecond, leftAgoMs: performance.now() - reallyLeftMs })
        if (nextAt && last?.nextAt === reserved.nextAt) last = { ...last, nextAt }
      }
      if (isTurnedAway) await holdProvider(work, provider, heldForMs())
    },
    heldForMs,
  }
}

async function until(moment: () => number, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const waitMs = moment() - performance.now()
    if (waitMs <= 0 || signal?.aborted) return
    try {
      // Timers count whole milliseconds and may end a little early: then the loop waits for the rest.
      await sleep(Math.max(1, waitMs), undefined, signal ? { signal } : {})
    } catch (error) {
      if (!signal?.aborted) throw error
    }
  }
}

// What one process knows: how quick it is and whether its connection is open.
const paces = new WeakMap<Paced, Pace>()

type Paced = Pick<Provider<never>, 'paceName' | 'requestsPerSecond'>

/** The pace of a provider in this process, however many deliver through it. */
export function paceOf(provider: Paced): Pace {
  let pace = paces.get(provider)
  if (!pace) paces.set(provider, (pace = createPace(provider.requestsPerSecond, provider.paceName)))
  return pace
}

/** How long the provider asked everybody to leave it alone, from now. */
export async function heldForMs(provider: Paced, reading: Reading): Promise<number> {
  const pace = paceOf(provider)
  await pace.look(reading)
  return pace.heldForMs()
}
