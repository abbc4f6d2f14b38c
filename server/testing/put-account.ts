import { putAccount } from '../domain/accounts/confirm-account.ts'
import { putSubscriber } from '../domain/tracking/put-subscriber.ts'
import { accountSessions, type accounts } from '../../db/schema.ts'
import type { Session } from '../ports.ts'
import type { World } from './world.ts'

/** An account of a verified address that cannot be logged in to; answers its id. */
export const putTestAccount = (world: World, email: string, facts: Partial<typeof accounts.$inferInsert> = {}): Promise<number> =>
  world.work(async (work) => putAccount(work, await putSubscriber(work, email), { passwordHash: null, emailVerified: true, ...facts }))

/** A session of an account that goes on. */
export const putTestSession = (world: World, accountId: number): Promise<Session> => world.work(async ({ tx, now }) => {
  const token = `of account ${accountId}`
  const [made] = await tx.insert(accountSessions)
    .values({ userId: accountId, token, expiresAt: new Date(now.getTime() + 86_400_000), createdAt: now, updatedAt: now }).returning({ id: accountSessions.id })
  return { accountId, sessionId: made?.id ?? 0, token, hasSecondFactor: false }
})
