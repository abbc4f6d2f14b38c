import Sqlite from 'better-sqlite3'
import { closeSync, copyFileSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { migrateSqlite } from '../db/migrate.ts'
import { putProfileCourts } from '../server/domain/courts/put-profile-courts.ts'
import { openWorkplace, site } from './our-evening.ts'
import { putEvening, type EveningSize } from './put-evening.ts'

/** A database as it stands before the evening. It is copied, never opened. */
export interface Template {
  readonly file: string
  readonly size: EveningSize
  readonly owed: readonly string[]
}

export async function makeTemplate(folder: string, name: string, size: EveningSize): Promise<Template> {
  const file = join(folder, `${name}.db`)
  migrateSqlite(file)
  const workplace = openWorkplace(`file:${file}`)
  await workplace.inOneTransaction((work) => putProfileCourts(work, site.profile))
  await workplace.close()
  // Written straight into the file: so many rows would fill the log first and then the file.
  setJournal(file, 'DELETE')
  const { owed } = putEvening(file, size)
  setJournal(file, 'WAL')
  return { file, size, owed }
}

function setJournal(file: string, mode: string): void {
  const db = new Sqlite(file)
  db.pragma(`journal_mode = ${mode}`)
  db.close()
}

/** Gives a copy of its own, on the disk and in the cache, and removes it afterwards. */
export async function withCopy<T>({ file }: Template, todo: (copy: string) => Promise<T>): Promise<T> {
  const copy = `${file}.copy`
  try {
    copyFileSync(file, copy)
    // What is still to be written would be written while the evening is held.
    const handle = openSync(copy, 'r+')
    fsyncSync(handle)
    closeSync(handle)
    return await todo(copy)
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true })
  }
}
