import { setTimeout as rest } from 'node:timers/promises'
import type { Place, PurgedSlice } from '../domain/retention/purge-step.ts'
import { purgeSteps } from '../domain/retention/purge-steps.ts'
import type { Workplace } from '../work.ts'

/** How many rows of each kind went, or would go. */
export type Purged = Readonly<Record<string, number>>

export interface PurgeOptions {
  readonly isDryRun?: boolean
  /** Between two slices, for who has more urgent things to write. */
  readonly restMs?: number
  /** Begins no further slice once this is aborted; the next evening goes on. */
  readonly signal?: AbortSignal
  readonly onSlice?: (what: string) => void
}

/**
 * Deletes what the retention rules say is over (`server/contract/retention.ts`), in short transactions between which everybody else has
 * a turn. May be stopped anywhere and is safe to repeat. A dry run counts and changes nothing: what goes only because something
 * else went is not in its count.
 */
export async function purge(
  workplace: Workplace, { isDryRun = false, restMs = 0, signal, onSlice }: PurgeOptions = {},
): Promise<Purged> {
  const purged: Record<string, number> = {}
  for (const { what, begin, purge: step } of purgeSteps) {
    purged[what] = 0
    for (let after: Place | null = begin; after !== null;) {
      const from: Place = after
      const slice: PurgedSlice = isDryRun ? await undone(workplace, (work) => step(work, from)) : await workplace.inOneTransaction((work) => step(work, from))
      purged[what] += slice.purged
      after = slice.next
      onSlice?.(what)
      if (signal?.aborted === true) return purged
      await rest(restMs)
    }
  }
  return purged
}

async function undone<T>(workplace: Workplace, todo: Parameters<typeof workplace.inOneTransaction<T>>[0]): Promise<T> {
  const counted: { readonly result: T }[] = []
  const undo = new Error('It was done only to be counted.')
  await workplace.inOneTransaction(async (work) => {
    counted.push({ result: await todo(work) })
    throw undo
  }).catch((error: unknown) => { if (error !== undo) throw error })
  const [first] = counted
  if (!first) throw new Error('Nothing was counted.')
  return first.result
}
