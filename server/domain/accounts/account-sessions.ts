import { and, desc, eq, gt, ne } from 'drizzle-orm'
import { accountSessions } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Reading, Work } from '../../work.ts'

export interface SessionFacts {
  readonly id: number
  readonly userAgent: string
  readonly since: Date
}

/** The sessions of an account that have not run out, the newest first. */
export async function listSessions({ tx, now }: Reading, accountId: number): Promise<SessionFacts[]> {
  const rows = await tx.select().from(accountSessions).where(and(eq(accountSessions.userId, accountId), gt(accountSessions.expiresAt, now)))
    .orderBy(desc(accountSessions.id)).limit(mostListed)
  return rows.map(({ id, userAgent, createdAt }) => ({ id, userAgent: userAgent ?? '', since: createdAt }))
}

const mostListed = 200

/** Ends one session of an account. Refuses `notFound` one that is not there or another account's (S15). */
export async function endSession({ tx }: Work, accountId: number, sessionId: number): Promise<void> {
  const gone = await tx.delete(accountSessions).where(and(eq(accountSessions.id, sessionId), eq(accountSessions.userId, accountId))).returning({ id: accountSessions.id })
  if (gone.length === 0) throw new Refusal('notFound', 'Not found.')
}

/** Whether a session goes on and is known by this token still. */
export const isSessionOf = async ({ tx }: Reading, { sessionId, token }: { readonly sessionId: number; readonly token: string }): Promise<boolean> =>
  await tx.$count(accountSessions, and(eq(accountSessions.id, sessionId), eq(accountSessions.token, token))) > 0

/** The session that goes on, by another token: who knew the one before has no part in it (S16). */
export interface KeptSession {
  readonly sessionId: number
  readonly newToken: string
}

/** Ends every session of an account but this one; null: all of them. */
export async function endOtherSessions({ tx }: Work, accountId: number, kept: KeptSession | null): Promise<void> {
  const isOfAccount = eq(accountSessions.userId, accountId)
  await tx.delete(accountSessions).where(and(isOfAccount, kept === null ? undefined : ne(accountSessions.id, kept.sessionId)))
  if (kept) await tx.update(accountSessions).set({ token: kept.newToken }).where(and(isOfAccount, eq(accountSessions.id, kept.sessionId)))
}
