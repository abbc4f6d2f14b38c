import { and, asc, eq, gt, inArray, isNull, notExists, sql } from 'drizzle-orm'
import { prepareOnce } from '../../../db/prepare-once.ts'
import { cases, courts, messageContents, outboxMessages as messages, phones, phoneVerifications, subscriptions } from '../../../db/schema.ts'
import type { Reads } from '../../../db/tx.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { contentText, identityOf, ofMessage, type HowToList, type MessageFacts } from './list-message-facts.ts'
import { isTold, type Told } from './notice-obstacle.ts'
import { obstacles, wasDropped, type Obstacle } from './obstacles.ts'
import { isMeant, type Which } from './which-messages.ts'
import { fieldOf } from '../../contract/field-of.ts'

type ToldByText = Told & { readonly policy: Pick<CourtProfile['policy'], 'texts'> }

const selectTexts = prepareOnce((tx, { which, ...profile }: ToldByText & { readonly which: Which }) => tx.select({
  ...ofMessage,
  address: phones.number,
  carrier: phones.carrier,
  // The link of a text stops texts to its own phone, whichever phone gets them by then.
  linkVersion: messages.phoneId,
  obstacle: obstacleOf(tx, profile),
}).from(messages)
  .innerJoin(phones, eq(phones.id, messages.phoneId))
  .innerJoin(messageContents, eq(messageContents.id, messages.contentId))
  .leftJoin(subscriptions, eq(subscriptions.id, messages.subscriptionId))
  .leftJoin(cases, eq(cases.id, subscriptions.caseId))
  .leftJoin(courts, eq(courts.code, cases.court))
  .where(isMeant(which))
  .orderBy(asc(messages.dueAt), asc(messages.id))
  .limit(sql.placeholder('limit')).prepare())

/**
 * Texts with all that they need, and whether each may still leave (rule 6, F7, F8): somebody asks for texts of the case to
 * this phone since before what it tells, the phone did not answer STOP, the case is public and told of (A5), nothing said
 * was withdrawn, and a verification still waits to be confirmed.
 */
export async function listTextFacts(
  reading: Reading, { caseTypes, policy: { texts } }: ToldByText, which: Which, { values, limit }: Pick<HowToList, 'values' | 'limit'>,
): Promise<MessageFacts[]> {
  const rows = await selectTexts(reading.tx, { which, caseTypes, policy: { texts } }).execute({ ...values, limit })
  const verifications = await listOpenVerifications(reading, rows.filter((row) => row.kind === 'textVerification').map((row) => row.contentId))
  return rows.map(({ dedupeKey, createdAt, reason, obstacle: found, ...row }) => {
    const verification = verifications.get(row.contentId)
    const answered = row.kind === 'textVerification' && !verification ? obstacles.answered : null
    return {
      ...row,
      // A phone that was never verified has only what was named with the request.
      carrier: verification ? verification.carrier : row.carrier,
      isPrivate: false,
      note: '',
      bundle: [],
      identity: identityOf({ dedupeKey, createdAt }),
      obstacle: reason !== null && wasDropped(reason) ? reason : found !== null ? obstacles[found] : answered,
      unsayable: [],
    }
  })
}

function obstacleOf(tx: Reads, profile: ToldByText) {
  const stillAsked = tx.select({ one: sql`1` }).from(subscriptions).where(and(
    // Of any that named the phone, whichever the text is owed to: in here the name means these.
    eq(subscriptions.caseId, messageContents.caseId),
    eq(subscriptions.phoneId, messages.phoneId),
    sql`${subscriptions.textState} = 'active'`,
    sql`coalesce(${subscriptions.pausedBecause}, '') <> 'asked'`,
    sql`coalesce(${subscriptions.textActiveAfter} < ${messageContents.firstChangeId}, true)`,
  ))
  return sql<Obstacle | null>`case
    when ${messageContents.withdrawnAt} is not null then 'withdrawn'
    when ${messages.kind} = 'textAnswer' then null
    ${profile.policy.texts === 'off' ? sql`when true then 'textsOff'` : sql``}
    when ${phones.stoppedAt} is not null then 'phoneStopped'
    when coalesce(${cases.security}, '') <> 'public' then 'notPublic'
    when not (${isTold(profile)}) then 'notTold'
    when ${messages.kind} = 'text' and ${notExists(stillAsked)} then 'textStopped'
  end`
}

/** Those of these contents whose verification can still be confirmed, or that cannot be read, with the carrier that was named; by content id. */
async function listOpenVerifications({ tx, now }: Reading, contentIds: readonly number[]): Promise<Map<number, { readonly carrier: string | null }>> {
  if (contentIds.length === 0) return new Map()
  const contents = await tx.select(contentText).from(messageContents).where(inArray(messageContents.id, contentIds))
  const named = contents.map(({ id, payload }) => ({ id, verificationId: verificationIn(payload) }))
  const open = new Map((await tx.select({ id: phoneVerifications.id, carrier: phoneVerifications.carrier }).from(phoneVerifications).where(and(
    inArray(phoneVerifications.id, named.flatMap(({ verificationId }) => verificationId ?? [])),
    isNull(phoneVerifications.confirmedAt),
    isNull(phoneVerifications.withdrawnAt),
    gt(phoneVerifications.expiresAt, now),
  ))).map((row) => [row.id, row]))
  return new Map(named.flatMap(({ id, verificationId }) => {
    // Composing what cannot be read says so.
    const verification = verificationId === null ? { carrier: null } : open.get(verificationId)
    return verification ? [[id, verification] as const] : []
  }))
}

function verificationIn(payload: string): number | null {
  try {
    const id = fieldOf(JSON.parse(payload), 'verificationId')
    return typeof id === 'number' ? id : null
  } catch {
    return null
  }
}
