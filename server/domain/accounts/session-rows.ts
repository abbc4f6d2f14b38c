import { and, asc, count, desc, eq, gt, gte, inArray, lt, lte, ne, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { accountCredentials, accounts, accountSessions } from '../../../db/schema.ts'
import type { Reading, Work } from '../../work.ts'

/** The rows that a library for log-ins reads and writes, by the names that it has for them. */
export const authModels = { user: accounts, session: accountSessions, account: accountCredentials } as const
export type AuthModel = keyof typeof authModels
export type AuthRow = Record<string, unknown>

export interface AuthCondition {
  readonly field: string
  readonly operator: string
  readonly value: unknown
}

/** Rows that meet all conditions. */
export async function listAuthRows(
  { tx }: Reading, model: AuthModel, conditions: readonly AuthCondition[],
  { limit = 100, offset = 0, sortBy }: { readonly limit?: number; readonly offset?: number; readonly sortBy?: { readonly field: string; readonly direction: 'asc' | 'desc' } | undefined } = {},
): Promise<AuthRow[]> {
  const sorted = sortBy && columnOf(model, sortBy.field)
  const rows = tx.select().from(authModels[model]).where(meets(model, conditions)).limit(limit).offset(offset)
  return sorted ? rows.orderBy(sortBy.direction === 'asc' ? asc(sorted) : desc(sorted)) : rows
}

export async function countAuthRows({ tx }: Reading, model: AuthModel, conditions: readonly AuthCondition[]): Promise<number> {
  const [row] = await tx.select({ rows: count() }).from(authModels[model]).where(meets(model, conditions))
  return row?.rows ?? 0
}

/** Nobody uses so many browsers: without an end to it, one account could fill the table by logging in. */
const mostSessions = 50

/** Only sessions are begun this way: accounts and their credentials are made with what else belongs to them. The oldest of an account end where there are too many. */
export async function putSessionRow({ tx }: Work, row: AuthRow): Promise<AuthRow> {
  const [made] = await tx.insert(accountSessions).values(row as typeof accountSessions.$inferInsert).returning()
  if (!made) throw new Error('A session was not written.')
  const ofAccount = eq(accountSessions.userId, made.userId)
  const [tooOld] = await tx.select({ id: accountSessions.id }).from(accountSessions).where(ofAccount).orderBy(desc(accountSessions.id)).limit(1).offset(mostSessions)
  if (tooOld) await tx.delete(accountSessions).where(and(ofAccount, lte(accountSessions.id, tooOld.id)))
  return made
}

export async function deleteSessionRows({ tx }: Work, conditions: readonly AuthCondition[]): Promise<number> {
  const gone = await tx.delete(accountSessions).where(meets('session', conditions)).returning({ id: accountSessions.id })
  return gone.length
}

const comparisons: Readonly<Record<string, (column: SQLiteColumn, value: unknown) => SQL>> = {
  eq, ne, gt, gte, lt, lte, in: (column, value) => inArray(column, Array.isArray(value) ? value : [value]),
}

function meets(model: AuthModel, conditions: readonly AuthCondition[]): SQL | undefined {
  return and(...conditions.map(({ field, operator, value }) => {
    const compare = comparisons[operator]
    if (!compare) throw new Error(`Log-ins are not looked up by "${operator}".`)
    return compare(columnOf(model, field), value)
  }))
}

function columnOf(model: AuthModel, field: string): SQLiteColumn {
  const column: unknown = Reflect.get(authModels[model], field)
  if (typeof column !== 'object' || column === null) throw new Error(`There is no ${field} of a ${model}.`)
  return column as SQLiteColumn
}
