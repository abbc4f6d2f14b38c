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
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      requireEmailVerification: false,
      password: { hash: hashPassword, verify: ({ hash, password }) => isHashOf(hash, password) },
    },
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
    plugins: [{ id: 'new-tokens', endpoints: { giveCookie } }],
    // It names addresses (H5).
    logger: { disabled: true },
  })
  const hasCookie = (headers: Headers): boolean => (headers.get('cookie') ?? '').includes(`${sessionCookie.name}=`)

  return {
    refuseWhenFull,
    hashPassword,
    isPassword: async (accountId, password) => {
      const [credential] = await table.list('account', [{ field: 'userId', operator: 'eq', value: accountId }])
      return typeof credential?.['password'] === 'string' && isHashOf(credential['password'], password)
    },
    logIn: async (email, password, headers) => {
      try {
        const answer = await auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true })
        return answer.headers.getSetCookie()
      } catch (error) {
        if (isRefused(error)) return null
        throw error
      }
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

/** The cookie of a session that our rules gave another token. */
const giveCookie = createAuthEndpoint('/give-cookie', { method: 'GET', metadata: { SERVER_ONLY: true } }, async (ctx) => {
  const session = await ctx.context.internalAdapter.findSession(String(ctx.query?.['token']))
  // It may have ended meanwhile: then there is none to give.
  if (session) await setSessionCookie(ctx, session)
  return null
})

const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500

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

async function isHashOf(hash: string, password: string): Promise<boolean> {
  const [, salt, key] = /^scrypt\/([\w-]+)\/([\w-]+)$/.exec(hash) ?? []
  if (salt === undefined || key === undefined) return false
  const kept = Buffer.from(key, 'base64url')
  const derived = await derive(password, Buffer.from(salt, 'base64url'))
  return kept.length === derived.length && timingSafeEqual(kept, derived)
}

