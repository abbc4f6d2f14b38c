import { asc, eq } from 'drizzle-orm'
import { messageContents, outboxMessages } from '../../db/schema.ts'
import type { NoticeContent } from '../domain/outbox/message-content.ts'
import { runEvening } from '../evening/run-evening.ts'
import { moveAccount } from './move-account.ts'
import { putTestAccount } from './put-account.ts'
import { putCase } from './put-case.ts'
import { sendMail } from './send-mail.ts'
import type { World } from './world.ts'

/** The address of an account, and the one that it is to have. */
export const [old, wanted] = ['pat@example.com', 'new.pat@example.com'] as const

/** A case, and an account that may track it. */
export async function putCaseAndAccount(world: World): Promise<void> {
  await world.work((work) => putCase(work, { number: '26BA-CV00001' }))
  await putTestAccount(world, old)
}

/** What waits leaves then. */
export async function moveToNew(world: World): Promise<void> {
  await moveAccount(world, 1, wanted)
  await sendMail(world)
}

export const holdEvening = (world: World) => runEvening(world.workplace, world.site, { mayBeFuture: false })

/** The evening of the next day, and its mail. */
export async function nextEvening(world: World): Promise<void> {
  world.clock.passMinutes(24 * 60)
  await holdEvening(world)
  await sendMail(world)
}

/** The notices there are, the oldest first. */
export const listNotices = async (world: World) => (await world.reading().tx.select({ id: outboxMessages.id, state: outboxMessages.state, payload: messageContents.payload }).from(outboxMessages)
  .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).where(eq(outboxMessages.kind, 'notice')).orderBy(asc(outboxMessages.id)))
  .map(({ id, state, payload }) => ({ id, state, subject: (payload as NoticeContent).subject }))
