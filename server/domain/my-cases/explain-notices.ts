import { and, desc, eq, gte, inArray, or, sql } from 'drizzle-orm'
import { bundledNotices, cases, courts, digestRuns, docketChanges, docketEntries, messageContents, phones, scheduledEvents, subscribers, subscriptions } from '../../../db/schema.ts'
import { briefText } from '../../contract/brief-text.ts'
import { dayOf } from '../../contract/court-time.ts'
import { displayText } from '../../contract/display-text.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { WhyView } from '../../contract/sent-view.ts'
import type { ChangeKind } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { addressesOfCases } from '../cases/address-of-case.ts'
import { whyUntrackable } from '../cases/why-untrackable.ts'
import { isChosen } from '../digest/entry-choice.ts'
import { findDueEvening } from '../digest/find-due-evening.ts'
import { factsIn, subjectOf, toldSubject } from '../digest/told-subjects.ts'
import { isSealing } from '../docket/is-sealing.ts'
import { eveningDueAt, isEveningDay, nextEveningDay } from '../hours/evening-days.ts'
import type { ToldFact } from '../outbox/message-content.ts'
import type { Site } from '../outbox/message-frame.ts'
import { explainEmail, explainText, sayStanding, type ChangeFacts, type TrackingFacts } from './explain-change.ts'
import { listMessagesOf, shownSince, type MessageRow } from './list-messages.ts'
import { readInPieces } from './read-in-pieces.ts'
import { tellMessages } from './tell-messages.ts'

const mostChanges = 100
const mostMessages = 500
const longestWhat = 160

/**
 * "Why did I not get a notice?" (G8), from the record: what changed in a tracked case in the last 90 days and what came of each, by e-mail and by
 * text; why nothing did; and what can be done. Refuses `notFound` for a subscription that is not the subscriber's, or whose case is not public (A6).
 */
export async function explainNotices(reading: Reading, site: Pick<Site, 'profile'>, subscriberId: number, subscriptionId: number): Promise<WhyView> {
  const { tx } = reading
  const { profile } = site
  const [found] = await tx.select({ subscription: subscriptions, case: cases, court: courts, subscriber: subscribers, phone: phones }).from(subscriptions)
    .innerJoin(subscribers, eq(subscribers.id, subscriptions.subscriberId))
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .innerJoin(courts, eq(courts.code, cases.court))
    .leftJoin(phones, eq(phones.id, sql`case when ${subscriptions.textState} = 'pending' then ${subscriptions.pendingPhoneId} else ${subscriptions.phoneId} end`))
    .where(and(eq(subscriptions.id, subscriptionId), eq(subscriptions.subscriberId, subscriberId)))
  if (!found) throw new Refusal('notFound', 'Not found.')
  const rows = (await listChanges(reading, found.case.id)).filter((row) => !isSealing(row))
  const changes = rows.slice(0, mostChanges)
  const sent = await listMessagesOf(reading, found.subscription, mostMessages)
  const told = await readTold(reading, found.subscription.id, sent)
  const evenings = new Map((await readInPieces(changes.flatMap(({ runId }) => runId ?? []), (ids) =>
    tx.select({ id: digestRuns.id, day: digestRuns.day }).from(digestRuns).where(inArray(digestRuns.id, ids)))).map((run) => [run.id, run.day]))
  const facts: TrackingFacts = {
    subscription: found.subscription,
    subscriber: found.subscriber,
    phone: found.phone,
    profile,
    now: reading.now,
    untold: whyUntrackable(profile, found.court, found.case.caseType)?.sentence ?? null,
    nextEveningOn: await findNextEvening(reading, profile),
  }
  const address = (await addressesOfCases(reading, [found.case]))(found.case)
  return {
    caseNumber: displayText(found.case.number),
    caption: displayText(found.case.caption),
    caseAddress: address,
    emailSince: found.subscription.emailActiveAt,
    hasTexts: profile.policy.texts === 'on' && found.subscription.textState !== 'none',
    now: sayStanding(facts),
    changes: changes.map((row) => {
      const change: ChangeFacts = { ...row, isTexted: row.entryId !== null, isChosen: isChosen(profile, found.subscription.entryChoice, classed(row)), notice: noticeOf(sent, told, row), text: textOf(sent, row.id) }
      return {
        id: row.id,
        arrivedAt: row.recordedAt,
        what: whatChanged(row.kind, row.entry ?? row.event ?? ''),
        eveningOn: evenings.get(row.runId ?? 0) ?? null,
        email: explainEmail(facts, change),
        text: explainText(facts, change),
      }
    }),
    hasMore: rows.length > mostChanges,
    sent: (await tellMessages(reading, site, sent.slice(0, mostChanges))).map(({ line }) => line),
  }
}

/** The public changes of a case of the last 90 days (A9), the newest first, and one more than is shown. */
async function listChanges({ tx, now }: Reading, caseId: number) {
  return tx.select({
    id: docketChanges.id, kind: docketChanges.kind, fields: docketChanges.fields, recordedAt: docketChanges.recordedAt, isQuiet: docketChanges.isQuiet, runId: docketChanges.runId,
    entryId: docketChanges.entryId, eventId: docketChanges.eventId, entry: docketEntries.description, code: docketEntries.code, event: scheduledEvents.kind,
  }).from(docketChanges)
    .leftJoin(docketEntries, eq(docketEntries.id, docketChanges.entryId))
    .leftJoin(scheduledEvents, eq(scheduledEvents.id, docketChanges.eventId))
    .where(and(
      eq(docketChanges.caseId, caseId),
      gte(docketChanges.recordedAt, shownSince(now)),
      or(eq(docketChanges.kind, 'reopened'), eq(docketEntries.security, 'public'), eq(scheduledEvents.security, 'public')),
    ))
    .orderBy(desc(docketChanges.id))
    .limit(mostChanges + 1)
}

const classed = ({ entry, code }: ChangeRow) => (entry === null ? null : { code, description: entry })

type ChangeRow = Awaited<ReturnType<typeof listChanges>>[number]

const marks: Readonly<Record<ChangeKind, string>> = {
  added: 'New entry', updated: 'Corrected entry', voided: 'Voided entry', reopened: 'The case was opened again', rescheduled: 'Changed hearing',
}

const whatChanged = (kind: ChangeKind, words: string): string =>
  (words === '' ? marks[kind] : `${marks[kind]}: ${briefText(displayText(words).replace(/\s+/g, ' ').trim(), longestWhat)}`)

// --- which message told a change

interface Told {
  readonly firstChangeId: number | null
  readonly missedAfter: number | null
  /** Null where what it told is not kept. */
  readonly facts: readonly ToldFact[] | null
}

/** By message, what it told of this subscription's case. */
async function readTold({ tx }: Reading, subscriptionId: number, sent: readonly MessageRow[]): Promise<Map<number, Told>> {
  const digests = sent.filter(({ kind }) => kind === 'digest').map(({ id }) => id)
  const bundled = new Map((await readInPieces(digests, (ids) => tx.select({ messageId: bundledNotices.messageId, contentId: bundledNotices.contentId }).from(bundledNotices)
    .where(and(inArray(bundledNotices.messageId, ids), eq(bundledNotices.subscriptionId, subscriptionId))))).map((row) => [row.messageId, row.contentId]))
  const contentOf = (row: MessageRow): number => bundled.get(row.id) ?? row.contentId
  const evenings = sent.filter(({ kind }) => kind === 'notice' || kind === 'digest')
  const contents = new Map((await readInPieces(evenings.map(contentOf), (ids) => tx.select({
    id: messageContents.id, firstChangeId: messageContents.firstChangeId, missedAfter: messageContents.missedAfter, payload: sql<string>`cast(${messageContents.payload} as text)`,
  }).from(messageContents).where(inArray(messageContents.id, ids)))).map((content) => [content.id, content]))
  return new Map(evenings.map((row) => {
    const content = contents.get(contentOf(row))
    return [row.id, { firstChangeId: content?.firstChangeId ?? null, missedAfter: content?.missedAfter ?? null, facts: factsOf(content?.payload) }]
  }))
}

function factsOf(payload: string | undefined): readonly ToldFact[] | null {
  try {
    return factsIn(JSON.parse(payload ?? '')) ?? null
  } catch {
    return null
  }
}

/** The message that told a change: of the evening that took it, or a later one that told what was missed, where that one did not leave or came back. */
function noticeOf(sent: readonly MessageRow[], told: ReadonlyMap<number, Told>, change: ChangeRow): ChangeFacts['notice'] {
  const { id, runId } = change
  if (runId === null) return null
  const subject = subjectOf(change)
  const first = sent.find((row) => {
    const said = row.runId === runId ? told.get(row.id) : undefined
    return said && (said.firstChangeId ?? 0) <= id && said.facts?.some((fact) => toldSubject(fact) === subject) !== false
  })
  if (first && !/^(cancelled|failed|bounced)$/.test(first.state)) return { message: first, isMissed: false }
  const later = sent.find((row) => {
    const said = row.runId !== null && row.runId > runId ? told.get(row.id) : undefined
    return said && said.missedAfter !== null && said.missedAfter < id
      && said.facts?.some((fact) => toldSubject(fact) === subject && (change.entryId === null || fact.mark === 'Missed'))
  })
  return later ? { message: later, isMissed: true } : first ? { message: first, isMissed: false } : null
}

/** The text of a change, or the one that counts it among others; its key names them (F7, I7). */
const textOf = (sent: readonly MessageRow[], changeId: number): MessageRow | null => sent.find(({ kind, dedupeKey }) => {
  if (kind !== 'text') return false
  const [, from, to = from] = /^text\/\d+\/(\d+)(?:-(\d+))?$/.exec(dedupeKey) ?? []
  return from !== undefined && Number(from) <= changeId && changeId <= Number(to)
}) ?? null

/** The day of the evening that takes what none has taken. */
async function findNextEvening(reading: Reading, profile: CourtProfile): Promise<string> {
  const today = dayOf(reading.now, profile.timeZone)
  if (isEveningDay(today, profile) && eveningDueAt(today, profile) > reading.now) return today
  return (await findDueEvening(reading, profile))?.day ?? nextEveningDay(today, profile)
}
