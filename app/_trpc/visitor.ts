import { setTimeout as sleep } from 'node:timers/promises'
import { cache } from 'react'
import { getCaller } from './caller.ts'

/** Who is logged in; null for a visitor without an account. Asked once a request. */
export const readVisitor = cache(async () => (await getCaller()).account.me())
export type Visitor = NonNullable<Awaited<ReturnType<typeof readVisitor>>>

const waitMs = 1000

/** The same for the frame of every page, which is better without its links than not at all where the database does not tell soon. */
export const readVisitorSoon = cache(async (): Promise<Visitor | null> =>
  Promise.race([readVisitor().catch(() => null), sleep(waitMs, null, { ref: false })]))
