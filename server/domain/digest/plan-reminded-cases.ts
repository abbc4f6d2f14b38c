import { and, eq, inArray, sql } from 'drizzle-orm'
import { messageContents, outboxMessages, subscriptions, toldEvents, toldPayments } from '../../../db/schema.ts'
import { calendarAddress, caseAddress } from '../../contract/case-address.ts'
import { piecesOf } from '../../contract/pieces-of.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import type { NoticeContent, TextContent } from '../outbox/message-content.ts'
import { textFrame, type Site } from '../outbox/message-frame.ts'
import { noticeKey } from '../outbox/notice-key.ts'
import { putTexts, type OwedText } from '../outbox/put-texts.ts'
import { attachCalendars, countAttachable, rememberAttachable, type Attachable } from './attach-calendars.ts'
import type { DueWindow } from './due-window.ts'
import { isChosen } from './entry-choice.ts'
import { listMailed, listTextedOnly, readLedger, type Ledger, type Tracker } from './list-trackers.ts'
import { eventText, hearingTold, neutralText, paymentText, paymentTold, type Setting } from './mention-words.ts'
import { noticeContent } from './notice-content.ts'
import { eventMentionOf, paymentMentionOf, type EventMention, type PaymentMention } from './owed-mentions.ts'
import { readArrivals } from './read-arrivals.ts'
import { readMissed, withMissed, type Missed } from './read-missed.ts'
import { readSchedules, type Schedule } from './read-schedules.ts'
import { readToldCases, type CaseToTell } from './read-told-cases.ts'
import type { DigestRun } from './take-changes.ts'

// Worked through in slices: what is held in memory does not grow with the evening (P5).
const casesAtOnce = 100
const trackersAtOnce = 1000
const rowsAtOnce = 500
const contentsAtOnce = 100

interface Plan {
  readonly work: Work
  readonly site: Site
  readonly run: DigestRun
  readonly window: DueWindow
  readonly attachable: Attachable
}

/**
 * Plans these cases one subscription at a time: what each is owed of events and payments (F5, F6), and beside it the
 * docket changes. Those told the same share one content. Writes the notices, the texts (F7), and what was told, which is
 * never told again.
 */
export async function planRemindedCases(
  work: Work, site: Site, run: DigestRun, window: DueWindow, caseIds: readonly number[],
): Promise<{ texts: number; reminders: number }> {
  const plan: Plan = { work, site, run, window, attachable: { notices: 0, contents: new Map() } }
  const planned = { texts: 0, reminders: 0 }
  for (let at = 0; at < caseIds.length; at += casesAtOnce) {
    const told = await readToldCases(work, site.profile, run, caseIds.slice(at, at + casesAtOnce))
    const slice: Slice = {
      told, schedules: await readSchedules(work, site.profile, window, told), contents: new Map(), toFreeze: new Map(), phonesTold: new Set(),
    }
    for (const list of [listMailed, listTextedOnly]) {
      for (let after: Tracker | undefined, hasMore = told.size > 0; hasMore;) {
        const trackers = await list(work, [...told.keys()], after && { caseId: after.caseId, activeAfter: after.emailActiveAfter ?? 0, id: after.id }, trackersAtOnce)
        const owed = await planTrackers(plan, slice, trackers)
        planned.texts += owed.texts
        planned.reminders += owed.reminders
        after = trackers.at(-1)
        hasMore = trackers.length === trackersAtOnce
      }
    }
  }
  await attachCalendars(work, run, plan.attachable)
  return planned
}

interface Slice {
  readonly told: ReadonlyMap<number, CaseToTell>
  readonly schedules: ReadonlyMap<number, Schedule>
  /** Ids by case and variant; null where there is nothing to say after all. */
  readonly contents: Map<string, number | null>
  /** Those that are not written yet. */
  readonly toFreeze: Map<string, ContentRow>
  /** The facts that each phone is told of in this run, once however many addresses named it (F7). */
  readonly phonesTold: Set<string>
}

type ContentRow = typeof messageContents.$inferInsert & { readonly payload: NoticeContent | TextContent }
const keyOf = (caseId: number | null | undefined, variant: string | undefined): string => `${caseId} ${variant}`

interface Owed {
  readonly events: readonly EventMention[]
  readonly payments: readonly PaymentMention[]
}

async function planTrackers(plan: Plan, slice: Slice, trackers: readonly Tracker[]): Promise<{ texts: number; reminders: number }> {
  const { work, site, run } = plan
  if (trackers.length === 0) return { texts: 0, reminders: 0 }
  const arrivals = await readArrivals(work, trackers.filter(({ missed }) => missed !== null).map(({ id }) => id))
  const ledger = await readLedger(work, trackers, arrivals)
  const missedBy = await readMissed(work, site.profile, plan.window, slice.told, trackers, arrivals)
  // What they say is written in one go, and then they are.
  const mails: { readonly key: string; readonly tracker: Tracker; readonly hasHearing: boolean }[] = []
  const texts: (Omit<OwedText, 'contentId'> & { readonly key: string })[] = []
  const eventsTold: (typeof toldEvents.$inferInsert)[] = []
  const paymentsTold: (typeof toldPayments.$inferInsert)[] = []
  let reminders = 0
  for (const tracker of trackers) {
    const told = slice.told.get(tracker.caseId)
    if (!told) continue
    const missed = missedBy(tracker)
    const mailed = tracker.emailActiveAfter === null ? nothingOwed : owedTo(plan, slice, told, tracker, { activeAfter: tracker.emailActiveAfter, missed }, ledger)
    if (tracker.emailActiveAfter !== null) {
      mails.push({ key: noticeFor(plan, slice, told, tracker, { ...mailed, missed }), tracker, hasHearing: mailed.events.length > 0 })
    }
    const texted = tracker.text === null || site.profile.policy.texts === 'off' ? nothingOwed
      : owedTo(plan, slice, told, { ...tracker, missed: null, wasPaused: false }, { activeAfter: tracker.text.activeAfter, missed: null }, ledger)
    if (tracker.text !== null) texts.push(...textsFor(plan, slice, told, tracker.id, tracker.text.phoneId, texted))
    const counted = tracker.emailActiveAfter === null ? texted : mailed
    reminders += counted.events.length + counted.payments.length
    const leads = new Set<string>()
    for (const { event, leads: days } of [...mailed.events, ...texted.events]) {
      for (const leadDays of days) {
        if (leads.has(`${event.id} ${leadDays}`)) continue
        leads.add(`${event.id} ${leadDays}`)
        eventsTold.push({ subscriptionId: tracker.id, eventId: event.id, startsAt: event.startsAt, leadDays, runId: run.id })
      }
    }
    for (const { payment: { id, amountDueCents, pastDueCents } } of counted.payments) {
      paymentsTold.push({ subscriptionId: tracker.id, paymentId: id, amountDueCents, pastDueCents, runId: run.id })
    }
  }
  await freeze(plan, slice)
  const contentOf = (key: string): number | null => slice.contents.get(key) ?? null
  const messages = mails.flatMap(({ key, tracker, hasHearing }): (typeof outboxMessages.$inferInsert)[] => {
    const contentId = contentOf(key)
    if (contentId === null) return []
    if (hasHearing) countAttachable(plan.attachable)
    return [{
      dedupeKey: `${noticeKey}${tracker.id}/${run.id}`, kind: 'notice', state: 'waiting', subscriberId: tracker.subscriberId, subscriptionId: tracker.id,
      contentId, runId: run.id, createdAt: work.now, dueAt: work.now, attempts: 0,
    }]
  })
  await write(work, messages, eventsTold, paymentsTold)
  await forgetMissed(work, trackers.filter((tracker) => tracker.missed !== null && slice.told.has(tracker.caseId)).map(({ id }) => id))
  const owedTexts = texts.flatMap(({ key, ...text }) => {
    const contentId = contentOf(key)
    return contentId === null ? [] : [{ ...text, contentId }]
  })
  return { texts: await putTexts(work, site, owedTexts), reminders }
}

const nothingOwed: Owed = { events: [], payments: [] }

function owedTo(
  { site: { profile }, window }: Plan, { schedules }: Slice, told: CaseToTell, tracker: Tracker,
  { activeAfter, missed }: { readonly activeAfter: number; readonly missed: Missed | null }, ledger: Ledger,
): Owed {
  const schedule = schedules.get(told.id)
  const circumstances = { profile, window, timeZone: told.timeZone }
  const hasEntries = tellableTo(profile, told, tracker, activeAfter).length > 0 || (missed?.facts.length ?? 0) > 0
  return {
    events: withMissed(schedule?.events ?? [], tracker.missed, missed?.events ?? []).flatMap((event) => {
      const wasTold = (leadDays: number): boolean => ledger.wasTold(tracker.id, event.id, event.startsAt, leadDays)
      return eventMentionOf(event, tracker, tracker.missed?.after ?? activeAfter, { wasTold, hasEntries }, circumstances) ?? []
    }),
    payments: (schedule?.payments ?? [])
      .flatMap((payment) => paymentMentionOf(payment, tracker, ledger.amountsTold(tracker.id, payment.id), circumstances) ?? []),
  }
}

/** The changes that a subscription hears of: since it began, none of a sealed entry (A9), none that it chose not to hear of. */
const tellableTo = (profile: CourtProfile, { changes }: CaseToTell, { entryChoice }: Pick<Tracker, 'entryChoice'>, activeAfter: number) =>
  changes.filter((change) => change.id > activeAfter && !change.isSealed && isChosen(profile, entryChoice, change.entry))

const eventToken = ({ event, what, changes }: EventMention): string => `event:${event.id}/${what}/${changes[0]?.id ?? ''}`
const paymentToken = ({ payment, was }: PaymentMention): string => `payment:${payment.id}/${was ? `${was.amountDueCents}/${was.pastDueCents}` : ''}`

/** The content that tells this to all of the case who are owed the same, by its key; it may turn out that there is nothing to say. */
function noticeFor(plan: Plan, slice: Slice, told: CaseToTell, tracker: Tracker, owed: Owed & { readonly missed: Missed }): string {
  const { site, run, work: { now } } = plan
  const activeAfter = tracker.emailActiveAfter ?? 0
  const changes = tellableTo(site.profile, told, tracker, activeAfter)
  const start = changes[0]?.id
  const { missed } = owed
  const range = tracker.missed && (missed.facts.length > 0 || owed.events.some(({ changes }) => changes.some(({ id }) => id <= activeAfter))) ? tracker.missed : null
  // Who chose and would hear the same as everybody is told with everybody; what was missed is told by each choice otherwise.
  const isAsEverybody = tracker.entryChoice === 'all' || (range === null && changes.length === tellableTo(site.profile, told, { entryChoice: 'all' }, activeAfter).length)
  const next = missed.next && !owed.events.some(({ event }) => event.id === missed.next?.eventId) ? missed.next : null
  const variant = [
    `change:${start ?? ''}`, ...(isAsEverybody ? [] : [`choice:${tracker.entryChoice}`]), ...owed.events.map(eventToken), ...owed.payments.map(paymentToken),
    ...(range ? [`missed:${missed.name}`] : []), ...(next ? [`event:${next.eventId}/next`] : []),
  ].join(' ')
  const key = keyOf(told.id, variant)
  if (slice.contents.has(key) || slice.toFreeze.has(key)) return key
  const setting = settingOf(plan, told)
  const payload = noticeContent(site, run.day, told, changes, {
    hearings: owed.events.map((mention) => hearingTold(mention, setting)),
    payments: owed.payments.map((mention) => paymentTold(mention, setting)),
    missed: [...missed.facts, ...(next ? [next] : [])],
  })
  // Of what came since it is active: to whom tracking began anew later, it is not told (F4).
  const since = [...(start === undefined ? [] : [start]), ...owed.events.flatMap((mention) => mention.changes.map(({ id }) => id)).filter((id) => id > activeAfter)]
  const firstChangeId = since.length === 0 ? null : Math.min(...since)
  if (payload) slice.toFreeze.set(key, { runId: run.id, caseId: told.id, firstChangeId, missedAfter: range?.after ?? null, variant, payload, createdAt: now })
  else slice.contents.set(key, null)
  return key
}

const settingOf = ({ site, window }: Plan, told: CaseToTell): Setting => {
  return {
    origin: site.origin, caseNumber: told.number, eventsAddress: addressOfTab(site, told, 'events'),
    calendarAddressOf: (eventId) => site.origin + calendarAddress(told.number, told.court, needsCourt(told), eventId),
    timeZone: told.timeZone, profileTimeZone: site.profile.timeZone, readAt: window.readAt,
  }
}

const addressOfTab = ({ origin }: Site, told: CaseToTell, tab: 'events' | 'payments'): string =>
  origin + caseAddress(told.number, told.court, needsCourt(told), tab)

const needsCourt = ({ path }: CaseToTell): boolean => path.includes('?')

function textsFor(
  plan: Plan, slice: Slice, told: CaseToTell, subscriptionId: number, phoneId: number, owed: Owed,
): (Omit<OwedText, 'contentId'> & { readonly key: string })[] {
  const { site, run, work: { now } } = plan
  const setting = settingOf(plan, told)
  const facts = [
    ...owed.events.map((mention) => ({
      token: eventToken(mention), fact: `text-event/${phoneId}/${mention.event.id}/${mention.event.startsAt.getTime()}/${run.id}`,
      told: eventText(mention, setting), tab: 'events' as const,
    })),
    ...owed.payments.map((mention) => ({
      token: paymentToken(mention),
      fact: `text-payment/${phoneId}/${mention.payment.id}/${mention.payment.amountDueCents}/${mention.payment.pastDueCents}/${run.id}`,
      told: paymentText(mention, setting), tab: 'payments' as const,
    })),
  ]
  return facts.flatMap(({ token, fact, told: said, tab }) => {
    if (slice.phonesTold.has(fact)) return []
    slice.phonesTold.add(fact)
    const variant = `text ${token}`
    const key = keyOf(told.id, variant)
    if (!slice.contents.has(key) && !slice.toFreeze.has(key)) {
      const payload: TextContent = {
        ...textFrame(site), kind: 'text', told: site.profile.policy.noticeDetail === 'full' ? said : neutralText(told.number), address: addressOfTab(site, told, tab),
      }
      slice.toFreeze.set(key, { runId: run.id, caseId: told.id, firstChangeId: null, variant, payload, createdAt: now })
    }
    return [{ dedupeKey: fact, phoneId, subscriptionId, key, runId: run.id }]
  })
}

/** Writes what is to be said; what the run has written before stays as it is. */
async function freeze({ work: { tx }, run, attachable }: Plan, { contents, toFreeze }: Slice): Promise<void> {
  for (const rows of piecesOf([...toFreeze.values()], contentsAtOnce)) {
    const made = await tx.insert(messageContents).values(rows).onConflictDoNothing()
      .returning({ id: messageContents.id, caseId: messageContents.caseId, variant: messageContents.variant })
    const known = made.length === rows.length ? [] : await tx.select({ id: messageContents.id, caseId: messageContents.caseId, variant: messageContents.variant })
      .from(messageContents).where(and(
        eq(messageContents.runId, run.id), inArray(messageContents.caseId, rows.flatMap(({ caseId }) => caseId ?? [])), sql`${messageContents.variant} <> ''`,
      ))
    for (const { id, caseId, variant } of [...made, ...known]) {
      const key = keyOf(caseId, variant)
      contents.set(key, id)
      const payload = toFreeze.get(key)?.payload
      if (payload?.kind === 'notice' && payload.hearings) rememberAttachable(attachable, id, payload)
    }
  }
  toFreeze.clear()
}

async function write(
  { tx }: Work, messages: readonly (typeof outboxMessages.$inferInsert)[],
  eventsTold: readonly (typeof toldEvents.$inferInsert)[], paymentsTold: readonly (typeof toldPayments.$inferInsert)[],
): Promise<void> {
  for (const rows of piecesOf(messages, rowsAtOnce)) await tx.insert(outboxMessages).values(rows).onConflictDoNothing({ target: outboxMessages.dedupeKey })
  for (const rows of piecesOf(eventsTold, rowsAtOnce)) {
    await tx.insert(toldEvents).values(rows).onConflictDoUpdate({
      target: [toldEvents.eventId, toldEvents.startsAt, toldEvents.leadDays, toldEvents.subscriptionId], set: { runId: sql`excluded.run_id` },
    })
  }
  for (const rows of piecesOf(paymentsTold, rowsAtOnce)) {
    await tx.insert(toldPayments).values(rows).onConflictDoUpdate({
      target: [toldPayments.paymentId, toldPayments.subscriptionId],
      set: { amountDueCents: sql`excluded.amount_due_cents`, pastDueCents: sql`excluded.past_due_cents`, runId: sql`excluded.run_id` },
    })
  }
}

/** What was missed is told once (G4). */
async function forgetMissed({ tx }: Work, ids: readonly number[]): Promise<void> {
  for (const some of piecesOf(ids, rowsAtOnce)) await tx.update(subscriptions).set({ missedAfter: null, missedThrough: null }).where(inArray(subscriptions.id, some))
}
