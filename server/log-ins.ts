import { createAuthenticator } from './adapters/better-auth.ts'
import { createRateLimits } from './adapters/rate-limits.ts'
import { countAuthRows, deleteSessionRows, listAuthRows, putSessionRow } from './domain/accounts/session-rows.ts'
import { addRatePoints, deleteRateRow, findRateRow } from './domain/limits/rate-rows.ts'
import type { Authenticator, RateLimits } from './ports.ts'
import type { CourtProfile } from './profile/schema.ts'
import type { Workplace } from './work.ts'

/** Passwords and sessions in our own tables: every write is one of our transactions. */
export const authenticatorFor = (workplace: Workplace, { secret, origin }: { readonly secret: string; readonly origin: string }): Authenticator => createAuthenticator({
  secret, origin,
  table: {
    list: (model, conditions, how) => listAuthRows(workplace.reading(), model, conditions, how),
    count: (model, conditions) => countAuthRows(workplace.reading(), model, conditions),
    putSession: (row) => workplace.inOneTransaction((work) => putSessionRow(work, row)),
    deleteSessions: (conditions) => workplace.inOneTransaction((work) => deleteSessionRows(work, conditions)),
  },
})

// Log-ins: ten tries of an address in a quarter of an hour; of one place a hundred that failed in an hour (S19). Codes: five tries of
// an account in a quarter of an hour; a right one begins anew.
const logInRules = { logIn: { points: 10, seconds: 900 }, failedLogInFrom: { points: 100, seconds: 3600 }, secondFactor: { points: 5, seconds: 900 } }

/** Limits that hold for every process and after a restart (H1). */
export const rateLimitsFor = (workplace: Workplace, secret: string, { clientPerHour }: CourtProfile['limits']): RateLimits => createRateLimits({
  add: (key, how) => workplace.inOneTransaction((work) => addRatePoints(work, key, how)),
  find: (key) => findRateRow(workplace.reading(), key),
  remove: (key) => workplace.inOneTransaction((work) => deleteRateRow(work, key)),
}, secret, { ...logInRules, requestFrom: { points: clientPerHour, seconds: 3600 } })
