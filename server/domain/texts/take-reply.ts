import { and, eq, gt } from 'drizzle-orm'
import { outboxMessages, phones, textReplies } from '../../../db/schema.ts'
import type { ReplyWord } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { textFrame, type Site } from '../outbox/message-frame.ts'
import { putMessage } from '../outbox/put-message.ts'
import { replyWord } from './reply-word.ts'

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
 * Takes in what a phone answered (E6): STOP ends all texts to it, START lets them come again, HELP is answered, and so are the
 * others when they change something. A phone that is not known, and any other word, change nothing. Which word it was.
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
  if (isAnswered || !(isChange || word === 'help') || !await mayAnswer(work, phone.id)) return word
  await putMessage(work, {
    dedupeKey: `answer/${providerId}`,
    kind: 'textAnswer',
    phoneId: phone.id,
    content: { ...textFrame(site), kind: 'textAnswer', told: answerTo(word, site) },
  })
  return word
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
