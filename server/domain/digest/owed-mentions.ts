import { addDays, dayOf } from '../../contract/court-time.ts'
import type { EventStatus, FieldChange, NoticeOptions, PaymentStatus } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import { eventLeads, isDue, paymentLead, type DueWindow } from './due-window.ts'

/** A `rescheduled` change that the run took. */
export interface EventChange {
  readonly id: number
  readonly fields: readonly FieldChange[]
  readonly recordedAt: Date
}

export interface ToldEvent {
  readonly id: number
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly kind: string
  readonly place: string | null
  readonly judge: string | null
  readonly status: EventStatus
  readonly sequence: number
  readonly lastActivityAt: Date
  readonly startRecordedAt: Date
  readonly isStartUntaken: boolean
  /** In the order of arrival. */
  readonly changes: readonly EventChange[]
}

export interface ToldPayment {
  readonly id: number
  readonly plan: string
  readonly person: string
  readonly dueOn: string
  readonly amountDueCents: number
  readonly pastDueCents: number
  readonly status: PaymentStatus
  readonly recordedAt: Date
  readonly isUntaken: boolean
}

/** What a subscription asked for and since when. */
export interface Asked {
  readonly eventTenDays: boolean
  readonly eventTwoDays: boolean
  readonly paymentTwoDays: boolean
  /** From when each counts. */
  readonly since: Readonly<Record<keyof NoticeOptions, Date>>
  /** A pause is just over: what fell due in it is owed while it lies ahead (G4). */
  readonly wasPaused: boolean
}

export interface EventMention {
  readonly event: ToldEvent
  readonly what: 'due' | 'moved' | 'placeChanged' | 'cancelled' | 'restored'
  /** The changes that it tells, net; none for one that only fell due. */
  readonly changes: readonly EventChange[]
  readonly was: { readonly startsAt: Date | null; readonly place: string | null }
  /** The lead times, in days, that it does for. */
  readonly leads: readonly number[]
}

export interface PaymentMention {
  readonly payment: ToldPayment
  /** The amounts that were told before; null for what is told first. */
  readonly was: { readonly amountDueCents: number; readonly pastDueCents: number } | null
}

/** All that decides beside the subscription. */
export interface Circumstances {
  readonly profile: Pick<CourtProfile, 'leadDays' | 'policy'>
  readonly window: DueWindow
  /** The court's. */
  readonly timeZone: string
}

/**
 * What a subscription is owed of one event (F5): that it was moved, changed place, was cancelled or put back since the
 * subscription became active by this channel, told to all who chose event notices; or that a lead time fell due. One
 * mention for all of it. `wasTold` names the lead times of this start that it was told already; `hasEntries`: the same
 * notice tells a docket entry, without which a court may not have changes told.
 */
export function eventMentionOf(
  event: ToldEvent, asked: Asked, activeAfter: number, told: { readonly wasTold: (leadDays: number) => boolean; readonly hasEntries: boolean },
  { profile, window, timeZone }: Circumstances,
): EventMention | undefined {
  const chosen = eventLeads(profile).filter(({ option }) => asked[option])
  if (chosen.length === 0) return undefined
  const isAhead = event.status === 'scheduled' && event.startsAt > window.readAt
  const untold = chosen.filter(({ days }) => !told.wasTold(days))
    .map(({ days, option }) => ({ days, beganAt: asked.since[option], dueOn: addDays(dayOf(event.startsAt, timeZone), -days) }))
  const due = isAhead
    ? untold.filter(({ dueOn, beganAt }) => isDue(dueOn, { isUntaken: event.isStartUntaken || asked.wasPaused, beganAt, knownSince: event.startRecordedAt }, window, timeZone))
    : []
  const changes = event.changes.filter((change) => change.id > activeAfter)
  const change = profile.policy.schedulingChanges === 'told' || told.hasEntries || due.length > 0 ? changeOf(event, changes, window.readAt) : undefined
  if (change) {
    return {
      event, ...change, changes,
      leads: isAhead ? untold.filter(({ dueOn }) => dueOn <= window.through).map(({ days }) => days) : [],
    }
  }
  if (due.length === 0) return undefined
  return { event, what: 'due', changes: [], was: { startsAt: null, place: null }, leads: due.map(({ days }) => days) }
}

/** From what it was before the first of the changes to what it is: undefined where nothing differs, or all of it has begun by then. */
function changeOf({ status, startsAt }: ToldEvent, changes: readonly EventChange[], readAt: Date): Pick<EventMention, 'what' | 'was'> | undefined {
  const net = new Map<string, { from: string; to: string }>()
  for (const { fields } of changes) {
    for (const { field, from, to } of fields) net.set(field, { from: net.get(field)?.from ?? from, to })
  }
  const differing = (field: string) => {
    const change = net.get(field)
    return change && change.from !== change.to ? change : undefined
  }
  const [start, place, fate] = [differing('startsAt'), differing('place'), differing('status')]
  const lastAt = changes.at(-1)?.recordedAt
  // The court's tidying up of what was over by then changes nobody's plans.
  const later = start && new Date(start.from) > startsAt ? new Date(start.from) : startsAt
  if (lastAt === undefined || later < lastAt) return undefined
  const was = { startsAt: start ? new Date(start.from) : null, place: place?.from ? place.from : null }
  if (fate && status === 'cancelled') return { what: 'cancelled', was }
  // That it was cancelled is never too late; where to be, and when, is, once it has begun.
  if (status === 'cancelled' || later <= readAt) return undefined
  if (fate) return { what: 'restored', was }
  if (start) return { what: 'moved', was }
  return place ? { what: 'placeChanged', was } : undefined
}

/**
 * What a subscription is owed of one instalment (F6): that it falls due, once; or that its amount is another than it was
 * told. Nothing of one that is paid, cancelled, zero or past. `toldBefore`: the amounts that it was told, if it was.
 */
export function paymentMentionOf(
  payment: ToldPayment, asked: Asked, toldBefore: PaymentMention['was'] | undefined, { profile, window, timeZone }: Circumstances,
): PaymentMention | undefined {
  const { amountDueCents, pastDueCents, dueOn } = payment
  const isOwed = payment.status === 'due' && amountDueCents + pastDueCents > 0 && dueOn >= dayOf(window.readAt, timeZone)
  if (!asked.paymentTwoDays || !isOwed) return undefined
  const isUntaken = payment.isUntaken || asked.wasPaused
  if (toldBefore) {
    const isSame = toldBefore.amountDueCents === amountDueCents && toldBefore.pastDueCents === pastDueCents
    return isUntaken && !isSame ? { payment, was: toldBefore } : undefined
  }
  const toldOn = addDays(dueOn, -paymentLead(profile).days)
  const fact = { isUntaken, beganAt: asked.since.paymentTwoDays, knownSince: payment.recordedAt }
  return isDue(toldOn, fact, window, timeZone) ? { payment, was: null } : undefined
}
