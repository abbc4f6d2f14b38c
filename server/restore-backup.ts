import { countLeftSince, readOld, type OldFacts } from '../db/backup/read-old.ts'
import { discardStaged, finishStaged, stageBackup, type StagedBackup } from '../db/backup/stage-backup.ts'
import { holdOld } from '../db/backup/hold-old.ts'
import { takePlace } from '../db/backup/take-place.ts'
import { openDatabase } from '../db/open-database.ts'
import { carryOver, type CarriedOver } from './domain/restorations/carry-over.ts'
import { enterRestoration, type EnteredRestoration } from './domain/restorations/enter-restoration.ts'
import type { Clock } from './ports.ts'
import { workplaceOf } from './work.ts'

export interface RestoreOrder {
  /** The file of the database. */
  readonly file: string
  readonly backup: string
  /** For a file that does not say when it was made. */
  readonly madeAt?: Date | undefined
  /** An operator's word that no notice and no text left since it was made. */
  readonly hasNothingLeft: boolean
  /** An operator's word that nobody has the present database open; only asked for where it cannot be read. */
  readonly isStopped: boolean
  readonly clock: Clock
}

export interface RestoredBackup extends EnteredRestoration {
  readonly backedUpAt: Date
  /** Where the old database is kept; null where there was none. */
  readonly aside: string | null
  /** Null where the old database could not be asked. */
  readonly carried: CarriedOver | null
}

/**
 * Puts a backup in the place of a SQLite database (R14). Refuses while anybody has that open, and what is no whole backup of ours.
 * Until the backup takes its place, in one step, nothing of the old database is changed, and it is kept.
 */
export async function restoreBackup({ file, backup, madeAt, hasNothingLeft, isStopped, clock }: RestoreOrder): Promise<RestoredBackup> {
  const old = holdOld(file, isStopped)
  try {
    const staged = stageBackup(backup, file, madeAt)
    try {
      if (hasNothingLeft && old.connection) refuseWhereSomethingLeft(countLeftSince(old.connection, staged.backedUpAt))
      const facts = old.connection ? readOld(old.connection) : undefined
      const entered = await enter(staged, { facts, hasNothingLeft, clock })
      finishStaged(staged)
      return { ...entered, backedUpAt: staged.backedUpAt, aside: takePlace(staged.file, file, clock.now()) }
    } finally {
      discardStaged(staged)
    }
  } finally {
    old.letGo()
  }
}

function refuseWhereSomethingLeft(left: number): void {
  if (left === 0) return
  throw new Error(`The present database says that ${left} notices and texts left since this backup was made: restore it without --nothing-left. Nothing was changed.`)
}

async function enter(
  { file, backedUpAt }: StagedBackup, { facts, hasNothingLeft, clock }: { facts: OldFacts | undefined; hasNothingLeft: boolean; clock: Clock },
): Promise<EnteredRestoration & { readonly carried: CarriedOver | null }> {
  const workplace = workplaceOf(openDatabase(`file:${file}`), clock)
  try {
    return await workplace.inOneTransaction(async (work) => {
      const entered = await enterRestoration(work, { backedUpAt, hasNothingLeft })
      return { ...entered, carried: facts ? await carryOver(work, facts) : null }
    })
  } finally {
    await workplace.close()
  }
}
