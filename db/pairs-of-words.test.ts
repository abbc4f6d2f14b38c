import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putCase } from '../server/testing/put-case.ts'
import { pairingStatements, pairsAmiss } from '../server/testing/pair-words.ts'
import { openWorld, type World } from '../server/testing/world.ts'
import { chosenEngine, engineOf, sqliteFileOf } from './engine.ts'
import { migrateSqlite, migrationsOf } from './migrate.ts'
import { namePairs } from './schema.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

async function run(statements: readonly string[]): Promise<void> {
  if (engineOf(world.url) === 'sqlite') {
    const connection = new Sqlite(sqliteFileOf(world.url))
    for (const statement of statements) connection.exec(statement)
    connection.close()
    return
  }
  const client = new pg.Client({ connectionString: world.url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

describe('the migration to pairs of words', () => {
  it('makes of the words that are there the pairs that taking in their cases makes', async () => {
    const many = (amount: number) => Array.from({ length: amount }, (_, nth) => `Word${nth}`).join(' ')
    const names = ['Ada B. Lowell', 'State of Missouri v. José Ñúñez', `${many(12)} of the v.`, many(13), `${many(13)} vs. and Re et in`, '𐐷 𐐷𐐷 ab', 'Li 李', 'Ng', 'E v. F', '']
    for (const [nth, name] of names.entries()) {
      await world.work((work) => putCase(work, { number: `26-${nth}`, caption: name, parties: [{ name: 'Lowell, Ada' }, { name }] }))
    }
    const before = await world.reading().tx.$count(namePairs)
    expect(before).toBeGreaterThan(300)
    await run(['delete from name_pairs'])
    expect(await pairsAmiss(world.reading())).toHaveLength(before)
    await run(pairingStatements(engineOf(world.url)))
    expect(await pairsAmiss(world.reading())).toEqual([])
  })
})

/** The migrations of SQLite before one, in a folder. */
function migrationsBefore(tag: string, folder: string): string {
  cpSync(migrationsOf('sqlite'), folder, { recursive: true })
  const journal = join(folder, 'meta', '_journal.json')
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { tag: string }[] }
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, entries.findIndex((one) => one.tag === tag)) }))
  return folder
}

describe.runIf(chosenEngine() === 'sqlite')('on SQLite the migration to pairs of words', () => {
  it('keeps every word, and keeps words and pairs in their primary keys', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ttc-pairs-'))
    const file = join(folder, 'old.db')
    const words = [['ada', 1, 0], ['ada', 1, 1], ['lowell', 1, 0], ['é', 2, 3]]
    const old = new Sqlite(file)
    migrate(drizzle(old), { migrationsFolder: migrationsBefore('0010_name_pairs', join(folder, 'migrations')) })
    old.exec(`insert into courts (code, name, short_name, time_zone, is_taking_part, is_in_profile) values ('A', 'A', 'A', 'UTC', 1, 1);
      insert into cases (id, court, number, number_key, caption, case_type, status, security, recorded_at) values (1, 'A', '1', '1', 'X', 'CV', 'open', 'public', 0), (2, 'A', '2', '2', 'B', 'CV', 'open', 'public', 0)`)
    for (const row of words) old.prepare('insert into name_words (word, case_id, ordinal) values (?, ?, ?)').run(...row)
    old.close()
    migrateSqlite(file)
    const db = new Sqlite(file)
    expect(db.prepare('select word, case_id, ordinal from name_words order by 1, 2, 3').raw().all()).toEqual(words)
    expect(db.prepare('select word, other_word, case_id, ordinal from name_pairs').raw().all()).toEqual([['ada', 'lowell', 1, 0], ['lowell', 'ada', 1, 0]])
    const texts = db.prepare<[], string>("select sql from sqlite_master where type = 'table' and name in ('name_words', 'name_pairs')").pluck().all()
    expect(texts).toHaveLength(2)
    // drizzle-kit does not know of it: whatever makes one of them anew has to say it again.
    for (const text of texts) expect(text).toContain('WITHOUT ROWID')
    db.pragma('foreign_keys = ON')
    db.pragma('secure_delete = ON')
    db.exec('delete from cases where id = 1; delete from name_pairs')
    expect(db.prepare('select word, case_id, ordinal from name_words').raw().all()).toEqual([['é', 2, 3]])
    expect(() => db.exec("insert into name_words values ('x', 9, 0)")).toThrow('FOREIGN KEY')
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    // S20: nor does what was made anew leave a copy of the words behind.
    expect(readFileSync(file).includes('lowell')).toBe(false)
    rmSync(folder, { recursive: true })
  })
})
