import { and, asc, desc, eq, gt, inArray, or } from 'drizzle-orm'
import { cases, outboxMessages, phones, subscriptions, textReplies, trackingRequests } from '../../../db/schema.ts'
import { repliedWords } from '../../contract/consent-wording.ts'
import type { ReplyWord } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { putConsents } from '../consent/put-consents.ts'
import { textFrame, type Site } from '../outbox/message-frame.ts'
import { putMessage } from '../outbox/put-message.ts'
import { verifiedStates } from '../tracking/email-verified.ts'
import type { Phone } from './put-phone.ts'
import { replyWord } from './reply-word.ts'
import { isVerificationUnderWay, sendPhoneVerification } from './send-phone-verification.ts'

/** What a phone answered. */
export interface Reply {
  /** The provider's own id: a reply that is told twice counts once. */
  readonly providerId: string
  /** `+1…`. */
  readonly from: string
  readonly body: string
  /** The provider has answered it already, as it does to STOP where it keeps its own list. */
  readonly isAnswered: boolean
}

/** Whoever plays with the words gets no more than this. */
const mostAnswersPerHour = 5
const hourMs = 3_600_000

/**
 * Takes in what a phone answered (E6): STOP ends all texts to it, START lets them come again and owes the verification texts that
 * wait for it, HELP is answered, and so are the others when they change something. A phone that is not known, and any other word, change nothing. Which word it was.
 */
export async function takeReply(work: Work, site: Site, { providerId, from, body, isAnswered }: Reply): Promise<ReplyWord | null> {
  const { tx, now } = work
  const word = replyWord(body)
  if (!word) return null
  const [phone] = await tx.select().from(phones).where(eq(phones.number, from))
  if (!phone) return null
  const [taken] = await tx.insert(textReplies).values({ providerId, phoneId: phone.id, word, repliedAt: now })
    .onConflictDoNothing({ target: textReplies.providerId }).returning({ providerId: textReplies.providerId })
  if (!taken) return word
  const isChange = word === 'stop' ? phone.stoppedAt === null : word === 'start' && phone.stoppedAt !== null
  if (isChange) await tx.update(phones).set({ stoppedAt: word === 'stop' ? now : null }).where(eq(phones.id, phone.id))
  if (isChange) await keepReply(work, phone.id, word)
  if (isChange && word === 'start') await sendWaitingVerifications(work, site, phone)
  if (isAnswered || !(isChange || word === 'help') || !await mayAnswer(work, phone.id)) return word
  await putMessage(work, {
    dedupeKey: `answer/${providerId}`,
    kind: 'textAnswer',
    phoneId: phone.id,
    content: { ...textFrame(site), kind: 'textAnswer', told: answerTo(word, site) },
  })
  return word
}

/** H6: of every address whose texts go to the phone or wait for it. */
async function keepReply(work: Work, phoneId: number, word: ReplyWord): Promise<void> {
  const named = await work.tx.selectDistinct({ subscriberId: subscriptions.subscriberId }).from(subscriptions)
    .where(or(eq(subscriptions.phoneId, phoneId), eq(subscriptions.pendingPhoneId, phoneId)))
  const act = word === 'stop' ? 'stoppedText' : 'askedText'
  await putConsents(work, named.map(({ subscriberId }) => ({ act, subscriberId, caseId: null, phoneId })), { words: repliedWords(word === 'stop' ? 'STOP' : 'START') })
}

/** One for each address that waits for the phone, within the limits of H1. */
async function sendWaitingVerifications(work: Work, site: Site, { id: phoneId, number }: Phone): Promise<void> {
  const { tx } = work
  const waiting = await tx.select({ id: subscriptions.id, subscriberId: subscriptions.subscriberId, caseId: subscriptions.caseId }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .where(and(eq(subscriptions.pendingPhoneId, phoneId), inArray(subscriptions.emailState, verifiedStates)))
    .orderBy(asc(subscriptions.id))
  for (const [subscription] of Map.groupBy(waiting, (one) => one.subscriberId).values()) {
    if (!subscription || await isVerificationUnderWay(work, subscription.subscriberId, phoneId)) continue
    const [named] = await tx.select({ carrier: trackingRequests.carrier }).from(trackingRequests)
      .where(and(eq(trackingRequests.subscriberId, subscription.subscriberId), eq(trackingRequests.phone, number)))
      .orderBy(desc(trackingRequests.id)).limit(1)
    await sendPhoneVerification(work, site, { subscription, phoneId, carrier: named?.carrier ?? null })
  }
}

async function mayAnswer({ tx, now }: Work, phoneId: number): Promise<boolean> {
  const isRecent = and(
    eq(outboxMessages.phoneId, phoneId),
    eq(outboxMessages.kind, 'textAnswer'),
    gt(outboxMessages.createdAt, new Date(now.getTime() - hourMs)),
  )
  return await tx.$count(outboxMessages, isRecent) < mostAnswersPerHour
}

function answerTo(word: ReplyWord, { profile }: Site): string {
  const { textSender: { name }, helpDesk } = profile
  switch (word) {
    case 'stop': return `${name}: You will get no more texts at this number. E-mail notices go on. Reply START to get texts again.`
    case 'start': return `${name}: You will get texts at this number again. Reply STOP to stop them, HELP for help.`
    case 'help':
      return `${name}: Texts about cases that this number asked to track. Help: ${helpDesk.phone} or ${helpDesk.email}. `
        + 'Reply STOP to stop all texts. Carriers may charge for texts.'
  }
}
