import type { KeptSession } from '../domain/accounts/account-sessions.ts'
import type { Context } from '../trpc.ts'

type Work = Parameters<Parameters<Context['inOneTransaction']>[0]>[0]

/** Does what ends sessions and keeps that of whoever asks, whose browser gets its new token. `kept`: null where nobody is logged in. */
export async function keepSession(ctx: Context, todo: (work: Work, kept: KeptSession | null) => Promise<void>): Promise<void> {
  const session = await ctx.session()
  const kept = session && { sessionId: session.sessionId, newToken: ctx.authenticator.newSessionToken() }
  await ctx.inOneTransaction((work) => todo(work, kept))
  await giveCookie(ctx, kept)
}

/** Gives the browser the session by its new token, if that is one. */
export async function giveCookie({ authenticator, setCookie }: Context, kept: KeptSession | null): Promise<void> {
  for (const cookie of kept ? await authenticator.cookiesOf(kept.newToken) : []) setCookie(cookie)
}
