import { and, eq } from 'drizzle-orm'
import { databaseNow } from '../../../db/columns.ts'
import { providerPaces as paces } from '../../../db/schema.ts'
import type { Reading, Work } from '../../work.ts'

/** Where a provider's slots stand at a moment, all by the clock of the database: the clocks of machines differ. */
export interface ProviderPace {
  readonly now: Date
  /** When the next free slot begins, or began. */
  readonly nextAt: Date
  /** Until when nothing may leave. */
  readonly heldUntil: Date
  /** When the provider asked for that. */
  readonly heldAt: Date | null
  /** By how much more than a second the requests of a second are spread. */
  readonly marginMs: number
}

/** A time that belongs to one request. Milliseconds count from `now` of the pace it was reserved from. */
export interface ReservedSlot {
  /** The request may leave from here on … */
  readonly freeInMs: number
  /** … and should have left by here: the next slot is as far from this as two requests must be apart. */
  readonly beginsInMs: number
  /** How much later it may still leave. */
  readonly toleranceMs: number
  readonly freeAt: Date
  readonly nextAt: Date
  /** When the next one would begin if all had left when they should: what is late now is made up for later. */
  readonly evenInMs: number
  /** Whether it comes next after the last request of its own caller. */
  readonly isNextOfOwn: boolean
}

/** The caller's last request: when, counted from `now` of the pace, it really left, and what it had reserved. */
export interface LastRequest {
  readonly leftInMs: number
  readonly nextAt: Date
  readonly evenInMs: number
  /** When the one left that the next must be a whole second after; null where others sent some of those in between. */
  readonly secondAgoInMs: number | null
}

export interface SlotOrder {
  readonly provider: string
  readonly requestsPerSecond: number
  /** How long after `now` of the pace the caller can hand over. */
  readonly readyInMs: number
  readonly last: LastRequest | null
  /** How much later than they should the caller's requests left lately, at worst: it keeps so much more distance. */
  readonly unpunctualMs: number
  /** Room at least so long after it; 0: as usual. */
  readonly roomMs: number
  /** A slot that this caller did not use: it has it back, unless somebody reserved after it. `evenInMs` from `now` of this pace. */
  readonly instead: ReservedSlot | null
}

// What travels to a provider arrives sooner or later than it left. So a second's requests are spread over a little more
// than a second, and over more still each time the provider finds that they were too many.
const firstMarginMs = 30
const widerByMs = 15
const widestMarginMs = 150
// How much of the margin may go to a request that leaves late; the rest is for what happens on the way.
const lateInMargin = 0.2
// What left late all the same is made up for by the next ones, as far as the margin but for this part allows.
const keptOfMargin = 0.5
// So much lateness is made up for, no more: what was away for longer starts anew instead of hurrying.
const mostMadeUpMs = 250
// Was unused for longer: the provider is given the first margin again, since what had been in its way may be gone.
const forgetsAfterMs = 3_600_000
// Nobody reserves that far ahead, nor was asked for quiet that long ahead: then the clock was set back.
const furthestMs = 60_000

/** No provider asks for more quiet: what says so is a mistake, or a clock that was set back. */
export const longestHoldMs = 24 * 3_600_000

const distanceMs = (marginMs: number, requestsPerSecond: number): number => (1000 + marginMs) / requestsPerSecond

/** Undefined: nobody has reserved a slot yet. */
export async function findPace({ tx }: Reading, provider: string): Promise<ProviderPace | undefined> {
  const [pace] = await tx.select({ now: databaseNow(), nextAt: paces.nextAt, heldUntil: paces.heldUntil, heldAt: paces.heldAt, marginMs: paces.marginMs })
    .from(paces).where(eq(paces.provider, provider))
  return pace
}

/** As `findPace`, beginning with a pace where there is none. */
export async function getPace(work: Work, provider: string): Promise<ProviderPace> {
  const never = new Date(0)
  const found = await findPace(work, provider)
  if (found) return found
  await work.tx.insert(paces).values({ provider, nextAt: never, heldUntil: never, marginMs: firstMarginMs }).onConflictDoNothing()
  const put = await findPace(work, provider)
  if (!put) throw new Error('The pace of a provider was not put.')
  return put
}

/** When a slot may begin that is reserved now, counted from `now` of the pace. */
export function freeInMs(
  pace: ProviderPace, requestsPerSecond: number, last: LastRequest | null, isNextOfOwn = isNext(pace, last),
): number {
  const { now, nextAt, marginMs } = pace
  const inMs = nextAt.getTime() - now.getTime()
  const toldMs = inMs > furthestMs ? 0 : inMs
  if (!last) return toldMs
  const keptMs = marginMs * keptOfMargin
  const apartMs = distanceMs(keptMs, requestsPerSecond)
  if (!isNextOfOwn) return Math.max(toldMs, last.leftInMs + apartMs)
  if (last.secondAgoInMs === null) return Math.max(Math.min(toldMs, last.leftInMs + distanceMs(marginMs, requestsPerSecond)), last.leftInMs + apartMs)
  // Who sent all of the last second knows what the provider counted in it: the part of the margin that is kept is enough then.
  return Math.max(Math.min(toldMs, last.evenInMs), last.secondAgoInMs + 1000 + keptMs, last.leftInMs + apartMs / 2)
}

const isNext = ({ nextAt }: ProviderPace, last: LastRequest | null): boolean => last !== null && last.nextAt.getTime() === nextAt.getTime()

/** For how long from `now` of the pace nothing may leave; 0 or less: it may. */
export function holdInMs({ now, heldUntil, heldAt }: ProviderPace): number {
  const isOfOtherClock = heldAt !== null && heldAt.getTime() - now.getTime() > furthestMs
  return isOfOtherClock ? 0 : Math.min(heldUntil.getTime() - now.getTime(), longestHoldMs)
}

/**
 * Gives the caller the next slot of the provider, for all processes on all machines: no second, wherever it begins, holds
 * more slots than the provider takes requests. `pace` is what `getPace` said in the same transaction.
 */
export async function reserveSlot(
  work: Work, pace: ProviderPace, { provider, requestsPerSecond, readyInMs, last, unpunctualMs, roomMs, instead }: SlotOrder,
): Promise<ReservedSlot> {
  const now = pace.now.getTime()
  const isUnused = instead !== null && pace.nextAt.getTime() === instead.nextAt.getTime()
  const isNextOfOwn = isUnused ? instead.isNextOfOwn : isNext(pace, last)
  const free = freeInMs(isUnused ? { ...pace, nextAt: instead.freeAt } : pace, requestsPerSecond, last, isNextOfOwn)
  const marginMs = free < -forgetsAfterMs ? firstMarginMs : pace.marginMs
  const keptMs = Math.min(marginMs + unpunctualMs, widestMarginMs)
  const beginsInMs = Math.max(free, readyInMs)
  const nextAt = new Date(Math.ceil(now + beginsInMs + Math.max(distanceMs(keptMs, requestsPerSecond), roomMs)))
  const evenlyMs = distanceMs(marginMs * keptOfMargin, requestsPerSecond)
  const evenMs = isUnused ? instead.evenInMs - evenlyMs : isNextOfOwn && last ? Math.min(last.evenInMs, free) : free
  await work.tx.update(paces).set({ nextAt, marginMs }).where(eq(paces.provider, provider))
  return {
    freeInMs: free, beginsInMs, toleranceMs: marginMs * lateInMargin, freeAt: new Date(Math.ceil(now + free)), nextAt, isNextOfOwn,
    evenInMs: Math.max(evenMs, beginsInMs - mostMadeUpMs) + evenlyMs,
  }
}

/**
 * Lets the next slot begin as far from when the request of this one really left as two must be apart, rather than from when
 * it should have: later, or sooner where room had been left for it. Unless somebody reserved after it. Gives when it begins then.
 */
export async function adjustNext(
  work: Work, { nextAt }: ReservedSlot, { provider, requestsPerSecond, leftAgoMs }: Pick<SlotOrder, 'provider' | 'requestsPerSecond'> & { readonly leftAgoMs: number },
): Promise<Date | undefined> {
  const { now, marginMs } = await getPace(work, provider)
  const next = new Date(Math.ceil(now.getTime() - leftAgoMs + distanceMs(marginMs, requestsPerSecond)))
  const [moved] = await work.tx.update(paces).set({ nextAt: next }).where(and(eq(paces.provider, provider), eq(paces.nextAt, nextAt)))
    .returning({ nextAt: paces.nextAt })
  return moved?.nextAt
}

/** Keeps everybody quiet for so long, and everybody a little slower after that: the provider turned a request away. */
export async function holdProvider(work: Work, provider: string, ms: number): Promise<void> {
  const pace = await getPace(work, provider)
  const { now, marginMs } = pace
  // Requests that were under way together are turned away together: once is enough.
  const isNews = holdInMs(pace) <= 0
  await work.tx.update(paces).set({
    heldAt: now,
    heldUntil: new Date(now.getTime() + Math.max(holdInMs(pace), Math.ceil(Math.min(ms, longestHoldMs)))),
    marginMs: isNews ? Math.min(marginMs + widerByMs, widestMarginMs) : marginMs,
  }).where(eq(paces.provider, provider))
}
