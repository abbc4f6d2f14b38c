import Sqlite from 'better-sqlite3'
import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { faultsOfFile } from './faults-of-file.ts'
import { findBackupMoment, putBackupMark } from './backup-mark.ts'

export interface Backup {
  readonly madeAt: Date
  readonly bytes: number
}

export interface BackUpOptions {
  /** From this moment on the copy may lack something: give it before calling. */
  readonly madeAt: Date
  readonly onProgress?: (pages: number, of: number) => void
}

// A few megabytes at a time, so that a bar moves and nothing else of this process waits.
const pagesAtOnce = 2_000

/**
 * Copies a database of SQLite to a new file, as it stood at one moment, while others read and write it: they are not kept
 * waiting. The copy is checked and durable before it has its name, and only its owner can read it. A file that is there is never
 * overwritten.
 */
export async function backUp(file: string, to: string, { madeAt, onProgress }: BackUpOptions): Promise<Backup> {
  if (!existsSync(file)) throw new Error('There is no database yet: nothing can be backed up.')
  if (existsSync(to)) throw new Error(`${to} is there already, and a backup overwrites nothing: name another file.`)
  const partial = `${to}.partial-${process.pid}`
  closeSync(openSync(partial, 'wx', 0o600))
  try {
    await copyTo(file, partial, onProgress)
    const bytes = finishCopy(partial, madeAt)
    linkDurably(partial, to)
    return { madeAt, bytes }
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(partial + suffix, { force: true })
  }
}

async function copyTo(file: string, partial: string, onProgress: BackUpOptions['onProgress']): Promise<void> {
  const source = new Sqlite(file, { readonly: true, timeout: 10_000 })
  try {
    // A reader that stays sees one moment: without it every write of somebody else would begin the copy anew.
    source.exec('begin')
    source.prepare('select count(*) from sqlite_master').get()
    await source.backup(partial, {
      progress({ totalPages, remainingPages }) {
        onProgress?.(totalPages - remainingPages, totalPages)
        return pagesAtOnce
      },
    })
  } finally {
    source.close()
  }
}

function finishCopy(partial: string, madeAt: Date): number {
  const copy = new Sqlite(partial)
  try {
    // One file, without a log beside it.
    copy.pragma('journal_mode = DELETE')
    copy.pragma('synchronous = FULL')
    putBackupMark(copy, madeAt)
    const [fault] = faultsOfFile(copy)
    if (fault !== undefined) throw new Error(`The copy is not whole, and was thrown away. ${fault} Run "ttc check".`)
    return Number(copy.pragma('page_count', { simple: true })) * Number(copy.pragma('page_size', { simple: true }))
  } finally {
    copy.close()
  }
}

/** Gives a finished file its name, which nobody may have taken meanwhile. */
function linkDurably(from: string, to: string): void {
  syncFile(from)
  linkSync(from, to)
  syncFile(dirname(to))
}

/** What was written to a file, or to a folder of files, survives a power cut. */
export function syncFile(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** When a file was backed up; undefined for a database that is no backup. */
export function backupMomentOf(file: string): Date | undefined {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true })
  try {
    return findBackupMoment(connection)
  } finally {
    connection.close()
  }
}
