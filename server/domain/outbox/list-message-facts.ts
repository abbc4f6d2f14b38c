import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { given, prepareOnce } from '../../../db/prepare-once.ts'
import { bundledNotices, cases, courts, messageContents, outboxMessages as messages, subscribers, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { isAsked } from '../../contract/vocabulary.ts'
import type { Reading } from '../../work.ts'
import { isLeased } from './lanes.ts'
import type { LeasedMessage } from './leased-batch.ts'
import { listAccountFacts } from './list-account-facts.ts'
import { listCandidatesFacts } from './list-candidates-facts.ts'
import { isOpen } from './is-open.ts'
import { listBundled } from './list-bundled.ts'
import { noticeObstacle, type Told } from './notice-obstacle.ts'
import { obstacles, wasDropped, type Obstacle } from './obstacles.ts'
import { isMeant, type Which } from './which-messages.ts'
import { fieldOf } from '../../contract/field-of.ts'

export interface MessageFacts extends Omit<LeasedMessage, 'attempts'> {
  /** Those made before now. */
  readonly attempts: number
  /** Null: it may leave. */
  readonly obstacle: string | null
  /** What it names and may not name any more, while it may leave without: ids of requests, subscriptions or new cases. */
  readonly unsayable: readonly number[]
}

/** What is read of a message itself, whichever way it leaves. */
export const ofMessage = {
  id: messages.id,
  kind: messages.kind,
  dedupeKey: messages.dedupeKey,
  createdAt: messages.createdAt,
  attempts: messages.attempts,
  reason: messages.reason,
  subscriberId: messages.subscriberId,
  subscriptionId: messages.subscriptionId,
  contentId: messages.contentId,
}

// As text: one that is not JSON must fail alone when it is composed, not everything that is read with it.
export const contentText = { id: messageContents.id, payload: sql<string>`cast(${messageContents.payload} as text)` }

const isLeasedOfBatch = and(eq(messages.batchId, given('batchId', messages.batchId)), isOpen, isLeased)
const selectContents = prepareOnce((tx, _: null) => tx.select(contentText).from(messageContents)
  .where(inArray(messageContents.id, tx.select({ id: messages.contentId }).from(messages).where(isLeasedOfBatch))).prepare())
const selectBundledContents = prepareOnce((tx, _: null) => {
  const ids = tx.select({ id: messages.id }).from(messages).where(and(isLeasedOfBatch, eq(messages.kind, 'digest')))
  const bundled = tx.select({ id: bundledNotices.contentId }).from(bundledNotices).where(inArray(bundledNotices.messageId, ids))
  return tx.select(contentText).from(messageContents).where(inArray(messageContents.id, bundled)).prepare()
})

/** What these messages of a leased batch say, and each case of those that tell several, each content once: JSON text by content id. */
export async function readContents({ tx }: Reading, batchId: number, of: readonly Pick<LeasedMessage, 'kind'>[]): Promise<Map<number, string>> {
  const rows = await selectContents(tx, null).execute({ batchId })
  const bundled = of.some(({ kind }) => kind === 'digest') ? await selectBundledContents(tx, null).execute({ batchId }) : []
  return new Map([...rows, ...bundled].map((row) => [row.id, row.payload]))
}

/** The values of `isMeant`, how many at most, and whether nothing of them can have arrived. */
export interface HowToList {
  readonly values: Readonly<Record<string, unknown>>
  readonly limit: number
  readonly isFirstTry: boolean
}

const selectMail = prepareOnce((tx, { which, ...told }: Told & { readonly which: Which }) => tx.select({
  ...ofMessage,
  address: subscribers.email,
  linkVersion: subscriptions.linkVersion,
  isPrivate: subscribers.isPrivate,
  note: subscriptions.note,
  obstacle: obstacleOf(told),
}).from(messages)
  .innerJoin(subscribers, eq(subscribers.id, messages.subscriberId))
  .innerJoin(messageContents, eq(messageContents.id, messages.contentId))
  .leftJoin(subscriptions, eq(subscriptions.id, messages.subscriptionId))
  .leftJoin(cases, eq(cases.id, messageContents.caseId))
  .leftJoin(courts, eq(courts.code, cases.court))
  .where(isMeant(which))
  .orderBy(asc(messages.dueAt), asc(messages.id))
  .limit(sql.placeholder('limit')).prepare())

/**
 * E-mails with all that they need, and whether each may still leave (rule 6, F8): the subscription asks for e-mail, every
 * case named is public and told of (A5), nothing said was withdrawn, the address is not suppressed, and a verification
 * still has something to confirm. On its first try, mail that a visitor asked for may leave without a case that is not
 * public any more.
 */
export async function listMailFacts(
  reading: Reading, profile: Told, which: Which, { values, limit, isFirstTry }: HowToList,
): Promise<MessageFacts[]> {
  const rows = await selectMail(reading.tx, { which, caseTypes: profile.caseTypes }).execute({ ...values, limit })
  const factsOfAsked = await listAskedFacts(reading, rows.filter((row) => isAskedAgain(row.kind)), isFirstTry)
  const factsOfBundled = await listBundled(reading, profile, rows)
  return rows.map(({ dedupeKey, createdAt, reason, obstacle: found, ...row }) => {
    const bundled = factsOfBundled(row)
    const asked = row.kind === 'digest' ? bundled : isAskedAgain(row.kind) ? factsOfAsked(row) : nothingFound
    return {
      ...row,
      note: row.note ?? '',
      bundle: bundled.bundle,
      carrier: null,
      identity: identityOf({ dedupeKey, createdAt }),
      obstacle: reason !== null && wasDropped(reason) ? reason : found !== null ? obstacles[found] : asked.obstacle,
      unsayable: asked.unsayable,
    }
  })
}

/** Tells a message from every other, of this installation and of others. */
export const identityOf = ({ dedupeKey, createdAt }: { readonly dedupeKey: string; readonly createdAt: Date }): string => `${dedupeKey} ${createdAt.getTime()}`

// In the query, since what one row more brings along is read a hundred times a batch. What holds back an address holds back what
// an evening owes it: what it asks for itself may leave, so that its reader can mend it (G4).
const obstacleOf = (profile: Told) => sql<Obstacle | null>`case
  when ${messages.kind} not in ('notice', 'digest', 'candidates') then case when ${messageContents.withdrawnAt} is not null then 'withdrawn' end
  when ${subscribers.suppressedAt} is not null then 'suppressed'
  when ${messages.kind} <> 'notice' then case when ${messageContents.withdrawnAt} is not null then 'withdrawn' end
  ${noticeObstacle(profile)}
end`

interface Asked {
  readonly kind: LeasedMessage['kind']
  readonly contentId: number
}

type AskedFacts = Pick<MessageFacts, 'obstacle' | 'unsayable'>

const nothingFound: AskedFacts = { obstacle: null, unsayable: [] }

/** Whether mail names cases in what it says: what a visitor asked for, and what a watch found (G7). */
const isAskedAgain = (kind: LeasedMessage['kind']): boolean => kind === 'candidates' || isAsked(kind)

/** Of such mail each case is asked again. */
async function listAskedFacts({ tx, now }: Reading, asked: readonly Asked[], isFirstTry: boolean): Promise<(message: Asked) => AskedFacts> {
  if (asked.length === 0) return () => nothingFound
  const contents = new Map((await tx.select(contentText).from(messageContents)
    .where(inArray(messageContents.id, asked.map((message) => message.contentId)))).map((row) => [row.id, row.payload]))
  const named = new Map(asked.map((message) => [message.contentId, message.kind === 'verification'
    ? idsIn(contents.get(message.contentId), 'requests', 'requestId')
    : idsIn(contents.get(message.contentId), 'cases', 'subscriptionId')]))
  const namedBy = (kind: Asked['kind']): number[] =>
    [...new Set(asked.filter((message) => message.kind === kind).flatMap((message) => named.get(message.contentId) ?? []))]

  const requestIds = namedBy('verification')
  const requests = new Map(requestIds.length === 0 ? [] : (await tx.select({
    id: trackingRequests.id,
    security: cases.security,
    confirmedAt: trackingRequests.confirmedAt,
    withdrawnAt: trackingRequests.withdrawnAt,
    expiresAt: trackingRequests.expiresAt,
  }).from(trackingRequests).innerJoin(cases, eq(cases.id, trackingRequests.caseId))
    .where(inArray(trackingRequests.id, requestIds))).map((row) => [row.id, row]))
  const subscriptionIds = namedBy('report')
  const isAccountMailOpen = await listAccountFacts({ tx, now }, asked.filter(({ kind }) => kind === 'account').map(({ contentId }) => contents.get(contentId)))
  const candidatesFacts = await listCandidatesFacts({ tx, now }, asked.filter(({ kind }) => kind === 'candidates').map(({ contentId }) => contents.get(contentId)))
  const tracked = new Map(subscriptionIds.length === 0 ? [] : (await tx.select({ id: subscriptions.id, security: cases.security })
    .from(subscriptions).innerJoin(cases, eq(cases.id, subscriptions.caseId))
    .where(inArray(subscriptions.id, subscriptionIds))).map((row) => [row.id, row]))

  return ({ kind, contentId }) => {
    if (kind === 'account') return { obstacle: isAccountMailOpen(contents.get(contentId)) ? null : obstacles.answered, unsayable: [] }
    if (kind === 'candidates') return candidatesFacts(contents.get(contentId))
    const ids = named.get(contentId)
    // Not to be read: composing it says so.
    if (!ids) return nothingFound
    const rows = kind === 'verification' ? requests : tracked
    const isSayable = (id: number): boolean => rows.get(id)?.security === 'public'
    const sayable = ids.filter(isSayable)
    if (sayable.length < ids.length && (sayable.length === 0 || !isFirstTry)) return { obstacle: obstacles.notPublic, unsayable: [] }
    const isPending = (id: number): boolean => {
      const request = requests.get(id)
      return request !== undefined && !request.confirmedAt && !request.withdrawnAt && request.expiresAt > now
    }
    return {
      obstacle: kind === 'verification' && !sayable.some(isPending) ? obstacles.answered : null,
      unsayable: ids.filter((id) => !isSayable(id)),
    }
  }
}

function idsIn(payload: string | undefined, list: string, id: string): number[] | undefined {
  try {
    const rows = fieldOf(JSON.parse(payload ?? ''), list)
    if (!Array.isArray(rows)) return undefined
    return rows.map((row) => fieldOf(row, id)).filter((value) => typeof value === 'number')
  } catch {
    return undefined
  }
}
