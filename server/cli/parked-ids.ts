import { messageKinds } from '../contract/vocabulary.ts'
import { listParkedByRestoration } from '../domain/restorations/list-parked.ts'
import type { Workplace } from '../work.ts'

export interface ParkedArgs {
  readonly _: readonly string[]
  readonly restored: boolean
  readonly kind?: string | undefined
}

/** Options of the commands that decide about parked messages. */
export const parkedArgs = {
  restored: { type: 'boolean', default: false, description: 'All that were parked since a backup was restored' },
  kind: { type: 'string', description: `With --restored: only those of one kind (${messageKinds.join(', ')})` },
} as const

const atOnce = 500

/** The messages that were named, or all of those that a restoration parked, a slice at a time. */
export async function* namedOrParked(workplace: Workplace, { _: named, restored, kind: word }: ParkedArgs): AsyncGenerator<string> {
  const kind = messageKinds.find((one) => one === word)
  if (word !== undefined && !kind) throw new Error(`--kind must be one of ${messageKinds.join(', ')}.`)
  if (restored === (named.length > 0)) throw new Error('Name messages by their numbers, or all that were parked since a backup was restored with --restored.')
  yield* named
  for (let after = 0; restored;) {
    const ids = await listParkedByRestoration(workplace.reading(), { after, limit: atOnce, ...(kind ? { kind } : {}) })
    yield* ids.map(String)
    const last = ids.at(-1)
    if (last === undefined) return
    after = last
  }
}
