import { betterAuth } from 'better-auth'
import { createAdapterFactory } from 'better-auth/adapters'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { atMostAtOnce } from '../contract/at-most-at-once.ts'
import { Refusal } from '../contract/refusals.ts'
import type { Authenticator } from '../ports.ts'

type Model = 'user' | 'session' | 'account'
type Row = Record<string, unknown>

interface Condition {
  readonly field: string
  readonly operator: string
  readonly value: unknown
}

/** Accounts, sessions and credentials, through our own transactions. */
export interface AuthTable {
  list(model: Model, conditions: readonly Condition[], how?: { limit?: number; offset?: number; sortBy?: { field: string; direction: 'asc' | 'desc' } }): Promise<Row[]>
  count(model: Model, conditions: readonly Condition[]): Promise<number>
  putSession(row: Row): Promise<Row>
  deleteSessions(conditions: readonly Condition[]): Promise<number>
}

interface Settings {
  readonly table: AuthTable
  readonly secret: string
  readonly origin: string
}

/** Only over TLS or on this machine, for this host alone, out of reach of scripts (S16). */
const cookieOf = (name: string) =>
  ({ name: `__Host-${name}`, attributes: { secure: true, httpOnly: true, sameSite: 'lax' as const, path: '/' } })
const sessionCookie = cookieOf('ttc-session')

const sessionSeconds = 14 * 24 * 3600
// OWASP's for scrypt: about a twentieth of a second of one core, in the thread pool, off the event loop.
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 }
const keyBytes = 32

/**
 * Log-ins and sessions by better-auth. Its own addresses are not reachable from outside: our procedures call it. What must be
 * one transaction with mail that it causes (registering, new passwords, other addresses) is written by our own rules.
 */
export function createAuthenticator({ table, secret, origin }: Settings): Authenticator {
  const auth = betterAuth({
    baseURL: origin,
    secret,
    trustedOrigins: [origin],
    database: tableAdapter(table),
    // A page that is only read writes nothing.
    session: {
      expiresIn: sessionSeconds, disableSessionRefresh: true, deferSessionRefresh: true,
      additionalFields: { secondFactorAt: { type: 'date', required: false, input: false } },
    },
    advanced: {
      useSecureCookies: false,
      cookies: { session_token: sessionCookie, session_data: cookieOf('ttc-session-data'), dont_remember: cookieOf('ttc-session-brief'), account_data: cookieOf('ttc-account') },
      database: { generateId: 'serial' },
      ipAddress: { disableIpTracking: true },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    plugins: [{ id: 'our-sessions', endpoints: { beginSession, giveCookie } }],
    // It names addresses (H5).
    logger: { disabled: true },
  })
  const hasCookie = (headers: Headers): boolean => (headers.get('cookie') ?? '').includes(`${sessionCookie.name}=`)
  async function findHash(accountId: number): Promise<string | null> {
    const [credential] = await table.list('account', [{ field: 'userId', operator: 'eq', value: accountId }])
    return typeof credential?.['password'] === 'string' ? credential['password'] : null
  }
  async function findAccount(email: string): Promise<{ readonly id: number; readonly hash: string | null }> {
    const [account] = await table.list('user', [{ field: 'email', operator: 'eq', value: email }], { limit: 1 })
    const id = Number(account?.['id'] ?? 0)
    return { id, hash: await findHash(id) }
  }

  return {
    refuseWhenFull,
    hashPassword,
    isPassword: async (accountId, password) => isHashOf(await findHash(accountId), password),
    // Not by the library's own log-in, which takes only some of our addresses and passwords for such.
    logIn: async (email, password, headers) => {
      const { id, hash } = await findAccount(email)
      if (!await isHashOf(hash, password)) return null
      const answer = await auth.api.beginSession({ query: { userId: String(id) }, headers, returnHeaders: true })
      // Another password or address ended every session, and this one may have begun a moment later (S16).
      const now = await findAccount(email)
      if (now.id === id && now.hash === hash) return answer.headers.getSetCookie()
      await table.deleteSessions([{ field: 'token', operator: 'eq', value: answer.response.token }])
      return null
    },
    logOut: async (headers) => {
      const answer = await auth.api.signOut({ headers, returnHeaders: true })
      return answer.headers.getSetCookie()
    },
    newSessionToken: () => randomBytes(24).toString('base64url'),
    cookiesOf: async (token) => {
      const answer = await auth.api.giveCookie({ query: { token }, returnHeaders: true })
      return answer.headers.getSetCookie()
    },
    findSession: async (headers) => {
      // Nearly every visitor has none: then nothing is asked.
      if (!hasCookie(headers)) return null
      const found = await auth.api.getSession({ headers, query: { disableRefresh: true } })
      return found && {
        accountId: Number(found.user.id), sessionId: Number(found.session.id), token: found.session.token,
        hasSecondFactor: found.session.secondFactorAt !== null && found.session.secondFactorAt !== undefined,
      }
    },
  }
}

/** A session of an account whose password was looked at. */
const beginSession = createAuthEndpoint('/begin-session', { method: 'GET', metadata: { SERVER_ONLY: true } }, async (ctx) => {
  const { internalAdapter } = ctx.context
  const user = await internalAdapter.findUserById(String(ctx.query?.['userId']))
  const session = user && await internalAdapter.createSession(user.id)
  if (!session) throw new Error('A session was not begun.')
  await setSessionCookie(ctx, { session, user })
  return { token: session.token }
})

/** The cookie of a session that our rules gave another token. */
const giveCookie = createAuthEndpoint('/give-cookie', { method: 'GET', metadata: { SERVER_ONLY: true } }, async (ctx) => {
  const session = await ctx.context.internalAdapter.findSession(String(ctx.query?.['token']))
  // It may have ended meanwhile: then there is none to give.
  if (session) await setSessionCookie(ctx, session)
  return null
})

const tableAdapter = (table: AuthTable) => createAdapterFactory({
  config: { adapterId: 'our-tables', adapterName: 'Our tables', supportsJSON: false, supportsDates: true, supportsBooleans: true, supportsNumericIds: true, transaction: false },
  adapter: () => {
    const known = (model: string): Model => {
      if (model === 'user' || model === 'session' || model === 'account') return model
      throw new Error(`There are no rows of ${model}.`)
    }
    const sessions = (model: string): void => {
      if (model !== 'session') throw new Error(`A library may not write a ${model}.`)
    }
    return {
      create: async ({ model, data }) => {
        sessions(model)
        return await table.putSession(data) as never
      },
      findOne: async ({ model, where }) => (await table.list(known(model), conditionsOf(where), { limit: 1 })).at(0) as never,
      findMany: async ({ model, where = [], limit, offset, sortBy }) =>
        await table.list(known(model), conditionsOf(where), { limit, ...(offset !== undefined && { offset }), ...(sortBy && { sortBy }) }) as never,
      count: async ({ model, where = [] }) => table.count(known(model), conditionsOf(where)),
      update: async ({ model }) => {
        throw new Error(`A library may not change a ${model}.`)
      },
      updateMany: async ({ model }) => {
        throw new Error(`A library may not change a ${model}.`)
      },
      delete: async ({ model, where }) => {
        sessions(model)
        await table.deleteSessions(conditionsOf(where))
      },
      deleteMany: async ({ model, where }) => {
        sessions(model)
        return table.deleteSessions(conditionsOf(where))
      },
    }
  },
})

interface Where {
  readonly field: string
  readonly value: unknown
  readonly operator?: string | undefined
  readonly connector?: string | undefined
}

const conditionsOf = (where: readonly Where[]): Condition[] => where.map(({ field, value, operator = 'eq', connector = 'AND' }, nth) => {
  if (connector !== 'AND' && nth > 0) throw new Error('Rows are found by all conditions together only.')
  return { field, value, operator }
})

// A flood of log-ins leaves a core to everything else (S19).
const inTurn = atMostAtOnce(Math.max(1, availableParallelism() - 1))
// Ten seconds of one core: whoever would wait longer is told to come again.
const mostAsked = 100
let asked = 0

function refuseWhenFull(): void {
  if (asked >= mostAsked) throw new Refusal('tooMany', 'Too many people are logging in just now. Try again in a minute.')
}

async function derive(password: string, salt: Buffer): Promise<Buffer> {
  refuseWhenFull()
  asked++
  try {
    return await inTurn(() => new Promise((resolve, reject) => {
      // The same letters, however a keyboard composes them.
      scrypt(password.normalize('NFKC'), salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key)))
    }))
  } finally {
    asked--
  }
}

async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `scrypt/${salt.toString('base64url')}/${(await derive(password, salt)).toString('base64url')}`
}

/** Where there is no hash it takes as long to say so. */
async function isHashOf(hash: string | null, password: string): Promise<boolean> {
  const [, salt, key] = /^scrypt\/([\w-]+)\/([\w-]+)$/.exec(hash ?? '') ?? []
  const derived = await derive(password, salt === undefined ? randomBytes(16) : Buffer.from(salt, 'base64url'))
  if (key === undefined) return false
  const kept = Buffer.from(key, 'base64url')
  return kept.length === derived.length && timingSafeEqual(kept, derived)
}
