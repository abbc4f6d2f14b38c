import Sqlite from 'better-sqlite3'
import { chmodSync, constants, copyFileSync, existsSync, realpathSync, rmSync, statSync } from 'node:fs'
import { migrateSqlite } from '../migrate.ts'
import { findOutgoing } from '../move/marks.ts'
import { findBackupMoment, removeBackupMark } from './backup-mark.ts'
import { faultsOfFile, whyNotOurs } from './faults-of-file.ts'
import { leapIdsOfSqlite } from './leap-ids.ts'
import { syncFile } from './back-up.ts'

export interface StagedBackup {
  /** Beside the database, ready to take its place; thrown away by `discardStaged`. */
  readonly file: string
  readonly backedUpAt: Date
}

/**
 * Copies a backup beside the database, checks it, brings it to the newest schema and lets its numbers go on from far beyond. Refuses,
 * with the reason, what is damaged, not ours, newer than we are, or does not say when it was made (`madeAt`: then this counts).
 */
export function stageBackup(backup: string, database: string, madeAt: Date | undefined): StagedBackup {
  if (!existsSync(backup)) throw new Error(`There is no file ${backup}.`)
  if (existsSync(database) && realpathSync(backup) === realpathSync(database)) throw new Error('That is the database itself: a backup is another file.')
  if (existsSync(`${backup}-wal`) && statSync(`${backup}-wal`).size > 0) {
    throw new Error(`${backup} has a log beside it (-wal), so it is a database at work or a copy of one, not a backup. Make one of it with "ttc backup".`)
  }
  const file = `${database}.restoring-${process.pid}`
  copyFileSync(backup, file, constants.COPYFILE_EXCL)
  try {
    chmodSync(file, 0o600)
    const backedUpAt = prepare(file, backup, madeAt)
    migrateSqlite(file)
    return { file, backedUpAt }
  } catch (error) {
    discardStaged({ file })
    throw error
  }
}

function prepare(file: string, backup: string, madeAt: Date | undefined): Date {
  const copy = openOrExplain(file, backup)
  try {
    const why = whyNotOurs(copy)
    if (why !== undefined) throw new Error(`${backup} cannot be restored. ${why}`)
    const [fault] = faultsOfFile(copy)
    if (fault !== undefined) throw new Error(`${backup} cannot be restored. ${fault}`)
    if (findOutgoing(copy)?.isClosed === true) throw new Error(`${backup} was made after everything had moved to Postgres: it would refuse every write.`)
    const backedUpAt = findBackupMoment(copy) ?? madeAt
    if (!backedUpAt) throw new Error(`${backup} does not say when it was made: say it with --made-at, rather too early than too late.`)
    if (backedUpAt.getTime() > Date.now() + 60_000) throw new Error(`${backup} was made at ${backedUpAt.toISOString()}, which has not come yet: set the clock first.`)
    removeBackupMark(copy)
    leapIdsOfSqlite(copy)
    return backedUpAt
  } finally {
    copy.close()
  }
}

function openOrExplain(file: string, backup: string): Sqlite.Database {
  const copy = new Sqlite(file)
  try {
    copy.prepare('select count(*) from sqlite_master').get()
    return copy
  } catch (error) {
    copy.close()
    throw new Error(`${backup} cannot be restored. It is not a database, or is damaged.`, { cause: error })
  }
}

/** After everybody has closed it: one durable file, without a log. */
export function finishStaged({ file }: Pick<StagedBackup, 'file'>): void {
  const copy = new Sqlite(file)
  try {
    if (copy.pragma('journal_mode = DELETE', { simple: true }) !== 'delete') throw new Error('What was prepared is still in use.')
  } finally {
    copy.close()
  }
  syncFile(file)
}

export function discardStaged({ file }: Pick<StagedBackup, 'file'>): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}
