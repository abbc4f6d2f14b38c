import { Refusal } from '../contract/refusals.ts'
import { isSessionOf, type KeptSession } from '../domain/accounts/account-sessions.ts'
import type { Context } from '../trpc.ts'

type Work = Parameters<Parameters<Context['inOneTransaction']>[0]>[0]

/**
 * Does what ends sessions and keeps that of whoever asks, whose browser gets its new token. `kept`: null where nobody is logged in, or
 * the session has ended or got another token while this was asked: whoever asks knew it before and has no part in it (S16).
 */
export async function keepSession(ctx: Context, todo: (work: Work, kept: KeptSession | null) => Promise<void>): Promise<void> {
  const session = await ctx.session()
  const kept = session && { sessionId: session.sessionId, newToken: ctx.authenticator.newSessionToken() }
  await ctx.inOneTransaction(async (work) => todo(work, session && await isSessionOf(work, session) ? kept : null))
  await giveCookie(ctx, kept)
}

/** Refuses `loginNeeded` where no session was kept. */
export function inSession(kept: KeptSession | null): KeptSession {
  if (!kept) throw new Refusal('loginNeeded', 'Log in first.')
  return kept
}

/** Does what an account asks for where its session goes on until then; refuses `loginNeeded` where it has ended since it was looked up (S16). */
export async function whileInSession<T>(ctx: Context, todo: (work: Work) => Promise<T>): Promise<T> {
  const session = await ctx.session()
  return ctx.inOneTransaction(async (work) => {
    if (!session || !await isSessionOf(work, session)) throw new Refusal('loginNeeded', 'Log in first.')
    return todo(work)
  })
}

/** Gives the browser the session by its new token, if that is one. */
export async function giveCookie({ authenticator, setCookie }: Context, kept: KeptSession | null): Promise<void> {
  for (const cookie of kept ? await authenticator.cookiesOf(kept.newToken) : []) setCookie(cookie)
}
