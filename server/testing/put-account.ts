import { putAccount } from '../domain/accounts/confirm-account.ts'
import { putSubscriber } from '../domain/tracking/put-subscriber.ts'
import type { accounts } from '../../db/schema.ts'
import type { World } from './world.ts'

/** An account of a verified address that cannot be logged in to; answers its id. */
export const putTestAccount = (world: World, email: string, facts: Partial<typeof accounts.$inferInsert> = {}): Promise<number> =>
  world.work(async (work) => putAccount(work, await putSubscriber(work, email), { passwordHash: null, emailVerified: true, ...facts }))
