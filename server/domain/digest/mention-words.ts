import { briefText } from '../../contract/brief-text.ts'
import { dayOf, daysBetween, formatDay, formatTime } from '../../contract/court-time.ts'
import { calendarHearing } from '../calendar/calendar-hearing.ts'
import type { NoticeHearing, NoticePayment, ToldFact } from '../outbox/message-content.ts'
import { briefDay, dollars, fullMoment, inDays, plainMoment, textDay, textMoment } from './day-words.ts'
import type { EventMention, PaymentMention } from './owed-mentions.ts'

/** The case and the moment of reading, which decide how a mention is worded. */
export interface Setting {
  readonly origin: string
  readonly caseNumber: string
  /** The page of the case's events, under the origin. */
  readonly eventsAddress: string
  readonly calendarAddressOf: (eventId: number) => string
  /** The court's. */
  readonly timeZone: string
  /** The court's clock that decides the days on which changes arrived. */
  readonly profileTimeZone: string
  readonly readAt: Date
}

// A place or name as long as it may be in a notice or a text: what is longer is on the case page.
const longest = 120
const brief = (text: string, most = longest): string => briefText(text, most)

export interface ToldHearing {
  readonly shown: NoticeHearing
  readonly fact: ToldFact
}

/** How a notice says what is owed of an event: the new date first, what was after (F5, F11). */
export function hearingTold(mention: EventMention, setting: Setting): ToldHearing {
  const { event, what, was, changes } = mention
  const { timeZone, readAt } = setting
  const today = dayOf(readAt, timeZone)
  const day = dayOf(event.startsAt, timeZone)
  const moment = `${briefDay(day, today)}, ${formatTime(event.startsAt, timeZone)}`
  const said = wordsOf(mention, moment, inDays(daysBetween(today, day)), timeZone)
  const changedOn = changes.map((change) => dayOf(change.recordedAt, setting.profileTimeZone)).sort()
  return {
    shown: {
      eventId: event.id,
      heading: said.heading,
      kind: brief(event.kind),
      when: fullMoment(event.startsAt, timeZone),
      place: event.place === null ? null : brief(event.place),
      judge: event.judge === null ? null : brief(event.judge),
      was: [
        ...(was.startsAt ? [`Was ${plainMoment(was.startsAt, timeZone)}`] : []),
        ...(was.place === null ? [] : [`Place was ${brief(was.place)}`]),
      ],
      calendarAddress: setting.calendarAddressOf(event.id),
      calendarLabel: what === 'due' ? 'Add to calendar' : 'Update my calendar',
      calendar: calendarHearing(setting.origin, setting.caseNumber, setting.eventsAddress, event),
    },
    fact: {
      mark: 'Hearing', eventId: event.id, words: said.words, manyWords: said.manyWords, alone: said.alone,
      days: [...new Set([...changedOn.slice(0, 1), ...changedOn.slice(-1)])],
    },
  }
}

function wordsOf({ what, was, event }: EventMention, moment: string, away: string, timeZone: string): { heading: string; words: string; manyWords: string; alone: string } {
  switch (what) {
    case 'due':
      return { heading: `Court ${away}`, words: `court ${away}`, manyWords: `hearings ${away}`, alone: `court ${away}, ${moment}` }
    case 'moved': {
      const isSameDay = was.startsAt !== null && dayOf(was.startsAt, timeZone) === dayOf(event.startsAt, timeZone)
      return {
        heading: isSameDay ? 'Hearing time changed' : 'Hearing date changed',
        words: 'hearing moved', manyWords: 'hearings moved', alone: `hearing moved to ${moment}`,
      }
    }
    case 'placeChanged':
      return {
        heading: 'Hearing place changed', words: 'hearing place changed', manyWords: 'hearing places changed', alone: `hearing place changed, ${moment}`,
      }
    case 'cancelled':
      return { heading: 'Hearing cancelled', words: 'hearing cancelled', manyWords: 'hearings cancelled', alone: `hearing of ${moment} cancelled` }
    case 'restored':
      return {
        heading: 'Hearing scheduled again', words: 'hearing scheduled again', manyWords: 'hearings scheduled again',
        alone: `hearing scheduled again for ${moment}`,
      }
  }
}

export interface ToldInstalment {
  readonly shown: NoticePayment
  readonly fact: ToldFact
}

/** How a notice says what is owed of an instalment (F6, F11). */
export function paymentTold({ payment, was }: PaymentMention, { timeZone, readAt }: Pick<Setting, 'timeZone' | 'readAt'>): ToldInstalment {
  const { amountDueCents, pastDueCents, dueOn } = payment
  const day = briefDay(dueOn, dayOf(readAt, timeZone))
  const amount = dollars(amountDueCents)
  const isAmountChanged = was !== null && was.amountDueCents !== amountDueCents
  const isPastDueChanged = was !== null && was.pastDueCents !== pastDueCents
  return {
    shown: {
      paymentId: payment.id,
      heading: `Payment due ${formatDay(dueOn)}`,
      person: brief(payment.person),
      plan: brief(payment.plan),
      amountDue: isAmountChanged ? `Amount due is now ${amount} (was ${dollars(was.amountDueCents)})` : `Amount due ${amount}`,
      pastDue: isPastDueChanged
        ? `Past due is now ${dollars(pastDueCents)} (was ${dollars(was.pastDueCents)})`
        : pastDueCents > 0 ? `Past due ${dollars(pastDueCents)}` : null,
    },
    fact: {
      mark: 'Payment', paymentId: payment.id, days: [],
      ...(was === null
        ? { words: 'payment due', manyWords: 'payments due', alone: `payment of ${amount} due ${day}` }
        : { words: 'payment amount changed', manyWords: 'payment amounts changed', alone: `payment due ${day} is now ${amount}` }),
    },
  }
}

/** How a text says what is owed of an event (F7), with a few words that help to come (look.md). */
export function eventText({ event, what, was }: EventMention, { caseNumber, timeZone }: Pick<Setting, 'caseNumber' | 'timeZone'>): string {
  const when = textMoment(event.startsAt, timeZone)
  const place = event.place === null || event.place.length > 40 ? '' : `, ${event.place}`
  const kind = brief(event.kind, 60)
  const before = was.startsAt ? ` (was ${textMoment(was.startsAt, timeZone)})` : ''
  const said = {
    due: `${kind} ${when}${place}.`,
    moved: `${kind} moved to ${when}${before}${place}.`,
    placeChanged: `${kind} ${when}: the place changed${was.place === null || was.place.length > 40 ? '' : ` (was ${was.place})`}${place}.`,
    cancelled: `${kind} of ${was.startsAt ? textMoment(was.startsAt, timeZone) : when} is cancelled.`,
    restored: `${kind} is scheduled again: ${when}${before}${place}.`,
  }[what].replace(/\.\.$/, '.')
  return `Case ${caseNumber}: ${said}${what === 'cancelled' ? '' : ' Plan how you will get there.'}`
}

/** How a text says what is owed of an instalment (F7). */
export function paymentText({ payment, was }: PaymentMention, { caseNumber }: Pick<Setting, 'caseNumber'>): string {
  const { amountDueCents, pastDueCents } = payment
  const before = was !== null && was.amountDueCents !== amountDueCents ? ` (was ${dollars(was.amountDueCents)})` : ''
  const pastDue = pastDueCents > 0 ? `, past due ${dollars(pastDueCents)}` : ''
  return `Case ${caseNumber}: ${brief(payment.person, 60)}, payment due ${textDay(payment.dueOn)}, plan ${brief(payment.plan, 40)}, ` +
    `amount due ${dollars(amountDueCents)}${before}${pastDue}.`
}

/** What a text says where the court has case number and link told only (I3). */
export const neutralText = (caseNumber: string): string => `Case ${caseNumber}: there is something new. The case page shows it.`
