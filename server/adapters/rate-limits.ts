import { createHmac } from 'node:crypto'
import { RateLimiterRes } from 'rate-limiter-flexible'
import RateLimiterStoreAbstract from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js'
import type { LimitedThing, RateLimits } from '../ports.ts'

interface RateRow {
  readonly points: number
  readonly msBeforeNext: number
}

/** The table of what was tried how often. */
export interface RateTable {
  add(key: string, how: { readonly points: number; readonly lastsMs: number; readonly isAnew: boolean }): Promise<RateRow>
  find(key: string): Promise<RateRow | undefined>
  remove(key: string): Promise<boolean>
}

/** So many tries in so many seconds. */
export type RateRules = Readonly<Record<LimitedThing, { readonly points: number; readonly seconds: number }>>

/** Keeps limits in our own table, through our own transactions: they hold after a restart and for every process. */
export function createRateLimits(table: RateTable, secret: string, rules: RateRules): RateLimits {
  const limiters = Object.fromEntries(Object.entries(rules).map(([thing, { points, seconds }]) =>
    [thing, new TableLimiter(table, { keyPrefix: thing, points, duration: seconds })])) as Record<LimitedThing, TableLimiter>
  // Whoever reads the table learns no address from it (H2).
  const keyOf = (who: string): string => createHmac('sha256', secret).update(`limit/${who}`).digest('base64url')
  const look = async (thing: LimitedThing, key: string): Promise<number | null> => {
    const known = await limiters[thing].get(key)
    return known !== null && known.consumedPoints >= rules[thing].points ? secondsOf(known) : null
  }
  return {
    take: async (thing, who) => {
      const key = keyOf(who)
      // What is over its limit is refused by a look, and a flood writes nothing (S19).
      return await look(thing, key) ?? limiters[thing].consume(key).then(() => null, async (refused: unknown) => {
        // Of many at once some are refused only here, and are no tries either.
        const seconds = secondsOf(refused)
        await limiters[thing].reward(key)
        return seconds
      })
    },
    look: (thing, who) => look(thing, keyOf(who)),
    forget: async (thing, who) => {
      await limiters[thing].delete(keyOf(who))
    },
    giveBack: async (thing, who) => {
      await limiters[thing].reward(keyOf(who))
    },
  }
}

function secondsOf(refused: unknown): number {
  if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
  throw refused
}

// The library's own names: it calls these of every store that it is given.
class TableLimiter extends RateLimiterStoreAbstract {
  readonly #table: RateTable
  constructor(table: RateTable, options: { keyPrefix: string; points: number; duration: number }) {
    super({ storeClient: table, ...options })
    this.#table = table
  }

  _getRateLimiterRes(_key: string, changed: number, { points, msBeforeNext }: RateRow): RateLimiterRes {
    return new RateLimiterRes(Math.max(0, this.points - points), msBeforeNext, points, points === changed)
  }

  _upsert(key: string, points: number, lastsMs: number, isAnew: boolean): Promise<RateRow> {
    return this.#table.add(key, { points, lastsMs, isAnew })
  }

  async _get(key: string): Promise<RateRow | null> {
    return await this.#table.find(key) ?? null
  }

  _delete(key: string): Promise<boolean> {
    return this.#table.remove(key)
  }
}
