import Sqlite from 'better-sqlite3'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { oddJson, putOneOfEverything } from '../../server/testing/put-one-of-everything.ts'
import { chosenEngine } from '../engine.ts'
import { migratePostgres, migrateSqlite } from '../migrate.ts'
import type { CopyStep } from './copy-rows.ts'
import { hasMoved, isMovingIn } from './marks.ts'
import { moveHouse, type Move } from './move-house.ts'
import { tableShapes } from './table-shapes.ts'

// It works on both engines by itself, whichever the process chose.
describe.runIf(chosenEngine() === 'postgres')('moving from SQLite to Postgres', () => {
  let admin: pg.Client
  let folder: string
  let file: string
  let made: string[]
  /** A connection to the database that is moved to. */
  let target: pg.Client
  let url: string

  beforeEach(async () => {
    admin = new pg.Client({ connectionString: inject('postgresUrl') })
    await admin.connect()
    folder = mkdtempSync(join(tmpdir(), 'ttc-move-'))
    made = []
    file = newSource('source.db')
    url = await newDatabase()
    target = await connect(url)
  })
  afterEach(async () => {
    await target.end()
    for (const name of made) await admin.query(`drop database ${name} with (force)`)
    await admin.end()
    rmSync(folder, { recursive: true, force: true })
  })

  function newSource(name: string): string {
    const made = join(folder, name)
    migrateSqlite(made)
    putOneOfEverything(made)
    return made
  }
  async function newDatabase(more = ''): Promise<string> {
    const name = `ttc_move_${randomBytes(6).toString('hex')}`
    await admin.query(`create database ${name} ${more}`)
    made.push(name)
    return Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).href
  }
  async function connect(to: string): Promise<pg.Client> {
    const types = new pg.TypeOverrides()
    types.setTypeParser(pg.types.builtins.JSON, (text) => text)
    types.setTypeParser(pg.types.builtins.INT8, Number)
    const client = new pg.Client({ connectionString: to, types })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }
  const move = (more: Partial<Move> = {}) => moveHouse({ file, url, ...more })
  /** Ends the move when it has come so far, as a process that dies would: its connections go, and with them what was not committed. */
  const interruptedAt = (at: CopyStep, share = 0) => move({
    onProgress: (step, done, total) => {
      if (step === at && done >= total * share) throw new Error('interrupted')
    },
  })
  function inSource<T>(todo: (db: Sqlite.Database) => T): T {
    const db = new Sqlite(file, { timeout: 0 })
    try {
      db.pragma('foreign_keys = ON')
      return todo(db)
    } finally {
      db.close()
    }
  }

  type Plain = Record<string, unknown>
  const keyOf = ({ key, columns }: ReturnType<typeof tableShapes>[number]): string => key.map((place) => `"${columns[place]?.name ?? ''}"`).join(', ')
  /** Every row of every table as the engine's own driver reads it: not by what the move itself reads with. */
  const sourceRows = (): Map<string, Plain[]> => inSource((db) => new Map(tableShapes().map((shape) =>
    [shape.name, db.prepare<[], Plain>(`select * from ${shape.name} order by ${keyOf(shape)}`).all()])))
  async function targetRows(): Promise<Map<string, Plain[]>> {
    const tables = new Map<string, Plain[]>()
    for (const shape of tableShapes()) {
      const { rows } = await target.query<Plain>(`select * from ${shape.name} order by ${keyOf(shape)}`)
      tables.set(shape.name, rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) =>
        [name, value instanceof Date ? value.getTime() : typeof value === 'boolean' ? Number(value) : value]))))
    }
    return tables
  }
  async function expectSame(): Promise<void> {
    const [here, there] = [sourceRows(), await targetRows()]
    for (const [table, rows] of here) expect(there.get(table), table).toEqual(rows)
  }
  const codeOf = (todo: () => unknown): unknown => {
    try {
      todo()
      return 'done'
    } catch (error) {
      return error instanceof Sqlite.SqliteError ? error.message : error
    }
  }

  describe('as a whole', () => {
    it('brings every table over as it was, and says so with counts and checksums', async () => {
      const standing = inSource((db) => db.prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> '__drizzle_migrations'`).pluck().all())
      const before = sourceRows()
      const { isFinished, tables } = await move()
      expect(isFinished).toBe(true)
      expect(tables.map(({ table }) => table).toSorted()).toEqual(standing.toSorted())
      for (const { table, source, target: there, isSame, copied, removed } of tables) {
        expect([table, isSame, there, copied, removed]).toEqual([table, true, source, before.get(table)?.length, 0])
        // The test says something of each.
        expect(source.rows, table).toBeGreaterThan(0)
      }
      expect(sourceRows()).toEqual(before)
      await expectSame()
      const { rows } = await target.query<Plain>('select payload::text as payload from message_contents where id = 1')
      expect(rows).toEqual([{ payload: oddJson }])
    })

    it('never gives a number again, of a row that is gone neither', async () => {
      await move()
      const { rows: [next] } = await target.query<{ id: number }>(`
        insert into cases (court, number, number_key, caption, case_type, status, security, recorded_at)
        values ('A', 'new', 'new', '', 'CV', 'open', 'public', now()) returning id`)
      expect(next?.id).toBe(9001)
      const { rows: [other] } = await target.query<{ id: number }>(`insert into report_requests (subscriber_id, created_at, expires_at) values (1, now(), now()) returning id`)
      expect(other?.id).toBe(2)
    })

    it('knows every column by its meaning, and each table comes after those it refers to', () => {
      const seen = new Set<string>()
      for (const { name } of tableShapes()) {
        const parents = inSource((db) => db.prepare<[], { table: string }>(`pragma foreign_key_list(${name})`).all())
        for (const parent of parents) expect(seen.has(parent.table) || parent.table === name, `${name} after ${parent.table}`).toBe(true)
        seen.add(name)
      }
    })
  })

  describe('the two ends', () => {
    it('closes the old one for good, to those who have it open too', async () => {
      const open = new Sqlite(file)
      await move()
      expect(codeOf(() => open.exec('update outbox_messages set attempts = 2'))).toBe(hasMoved)
      for (const { name, columns } of tableShapes()) {
        const column = columns[0]?.name ?? ''
        expect(codeOf(() => open.exec(`delete from ${name}`)), name).toBe(hasMoved)
        expect(codeOf(() => open.exec(`update ${name} set ${column} = ${column}`)), name).toBe(hasMoved)
        expect(codeOf(() => open.exec(`insert into ${name} select * from ${name} limit 1`)), name).toBe(hasMoved)
        expect(codeOf(() => open.exec(`insert or replace into ${name} select * from ${name} limit 1`)), name).toBe(hasMoved)
      }
      open.close()
      expect(codeOf(() => migrateSqlite(file))).toEqual(new Error(hasMoved))
      await expect(move()).rejects.toThrow(hasMoved)
      await expect(move({ url: await newDatabase() })).rejects.toThrow(hasMoved)
      await migratePostgres(url)
    })

    it('lets nobody write to the old one meanwhile, or serve the new one before it is whole', async () => {
      const tries: unknown[] = []
      await expect(move({
        onProgress(step) {
          if (step === 'copying') tries.push(inSource((db) => codeOf(() => db.exec('delete from used_captchas'))))
          if (step === 'comparing') throw new Error('interrupted')
        },
      })).rejects.toThrow('interrupted')
      expect(new Set(tries)).toEqual(new Set(['database is locked']))
      await expect(migratePostgres(url)).rejects.toThrow(isMovingIn)
      // Whoever thinks better of it goes on with the old one.
      migrateSqlite(file)
      inSource((db) => db.exec('delete from used_captchas'))
    })

    it('is refused while somebody keeps the old one, and while another move fills the new one', async () => {
      const writer = new Sqlite(file)
      writer.exec('begin immediate')
      await expect(move({ waitMs: 50 })).rejects.toThrow('The SQLite database is being written to: stop the service')
      writer.exec('commit')
      writer.close()
      await target.query('select pg_advisory_lock(20261122)')
      await expect(move({ waitMs: 50 })).rejects.toThrow('The database to move to is in use')
    })

    it('finishes what died between closing the one and opening the other', async () => {
      await expect(interruptedAt('comparing')).rejects.toThrow('interrupted')
      // Nobody can take the mark away while it is read.
      await target.query('begin; lock table unfinished_move in share mode')
      const moving = expect(move()).rejects.toThrow()
      while (inSource((db) => db.prepare('select is_closed from outgoing_move').pluck().get()) !== 1) await new Promise((resolve) => setTimeout(resolve, 20))
      await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'track-this-case move' and datname = $1`, [new URL(url).pathname.slice(1)])
      await moving
      await target.query('rollback')
      expect(codeOf(() => migrateSqlite(file))).toEqual(new Error(hasMoved))
      await expect(migratePostgres(url)).rejects.toThrow(isMovingIn)
      const { isFinished, tables } = await move()
      expect(isFinished).toBe(true)
      expect(tables.reduce((sum, { copied, removed }) => sum + copied + removed, 0)).toBe(0)
      await migratePostgres(url)
      await expectSame()
    })
  })

  describe('interrupted and run again', () => {
    it('goes on where it was, writing nothing twice', async () => {
      const total = [...sourceRows().values()].reduce((sum, rows) => sum + rows.length, 0)
      await expect(interruptedAt('copying', 0.5)).rejects.toThrow('interrupted')
      const { rows: [there] } = await target.query<{ count: number }>('select count(*) from cases')
      expect(there?.count).toBeGreaterThan(0)
      const { isFinished, tables } = await move()
      expect(isFinished).toBe(true)
      expect(tables.reduce((sum, { copied }) => sum + copied, 0)).toBeLessThan(total * 0.6)
      await expectSame()
    })

    it('brings over what changed in the old one in between', async () => {
      await expect(interruptedAt('comparing')).rejects.toThrow('interrupted')
      inSource((db) => db.exec(`
        update courts set name = 'Renamed' where code = 'A';
        update outbox_batches set first_tried_at = 77;
        update outbox_messages set state = 'sent', leased_by = null, leased_until = null, settled_at = 5 where id = 1;
        -- Their numbers change places, and a word takes that of a row that goes.
        update cases set number = 'x' where id = 20; update cases set number = '26-1' where id = 40; update cases set number = '26-3' where id = 20;
        delete from cases where id = 30;
        insert into cases (id, court, number, number_key, caption, case_type, status, security, recorded_at)
          select 9100, court, '26-2', number_key, 'Came later', case_type, status, security, recorded_at from cases where id = 10;
        delete from docket_entries where id = 3;
        update docket_entries set text = 'Mended.' where id = 1;
        delete from used_captchas;
        insert into used_captchas values ('another', 7);
        delete from name_words where word = 'z';
      `))
      const { isFinished, tables } = await move()
      expect(isFinished).toBe(true)
      expect(tables.every(({ isSame }) => isSame)).toBe(true)
      await expectSame()
      expect((await targetRows()).get('name_words')).toHaveLength(5)
    })

    it('goes by slices: what changed at either end of one is brought over as what changed within', async () => {
      inSource((db) => db.exec(`
        with recursive counted (n) as (select 0 union all select n + 1 from counted where n < 12000)
          insert into name_words select char(33 + n * 7 % 1200) || n, 20, 0 from counted;
        with recursive counted (n) as (select 0 union all select n + 1 from counted where n < 12000)
          insert into docket_entries (case_id, source_id, filed_on, description, text, status, security, last_activity_at)
          select 40, 'many' || n, '2026-11-20', 'Order', 'Text ' || n, 'active', 'public', n from counted`))
      await expect(interruptedAt('copying', 0.7)).rejects.toThrow('interrupted')
      // Slices are of 5,000 rows.
      inSource((db) => {
        const words = db.prepare<[], { word: string }>('select word from name_words order by word, case_id, ordinal').all().map(({ word }) => word)
        for (const nth of [0, 4_998, 4_999, 5_000, 9_999, words.length - 1]) db.prepare('delete from name_words where word = ?').run(words[nth])
        for (const id of [91, 5_000, 5_001, 5_002, 10_001]) db.prepare('delete from docket_entries where id = ?').run(id)
        db.exec(`update docket_entries set text = 'Mended.' where id in (4999, 7000, 12091); insert into name_words values ('!', 20, 0), ('￿￿', 20, 1)`)
      })
      const { isFinished, tables } = await move()
      expect(isFinished).toBe(true)
      expect(tables.find(({ table }) => table === 'name_words')?.copied).toBeLessThan(5_000)
      await expectSame()
    })

    it('finds what was damaged in the new one, and mends it', async () => {
      await expect(interruptedAt('comparing')).rejects.toThrow('interrupted')
      await target.query(`
        update message_contents set payload = '{ "b": 1.0 }' where id = 1;
        update docket_entries set filed_at = filed_at + interval '1 millisecond' where id = 2;
        delete from parties where ordinal = 1;
        insert into used_captchas values ('zz', now())`)
      const { isFinished, tables } = await move()
      expect(isFinished).toBe(true)
      const found = new Map(tables.map(({ table, copied, removed }) => [table, [copied, removed]]))
      expect([found.get('message_contents'), found.get('docket_entries'), found.get('parties'), found.get('used_captchas'), found.get('cases')])
        .toEqual([[1, 0], [1, 0], [1, 0], [0, 1], [0, 0]])
      await expectSame()
    })

    it('opens nothing and closes nothing while the two differ', async () => {
      await migratePostgres(url)
      // A database that does not keep what it is given.
      await target.query(`
        create function altered() returns trigger language plpgsql as $$ begin new.caption := upper(new.caption); return new; end $$;
        create trigger altered before insert or update on cases for each row execute function altered()`)
      const { isFinished, tables } = await move()
      expect(isFinished).toBe(false)
      expect(tables.filter(({ isSame }) => !isSame).map(({ table }) => table)).toEqual(['cases'])
      await expect(migratePostgres(url)).rejects.toThrow(isMovingIn)
      inSource((db) => db.exec('delete from used_captchas'))
      await target.query('drop trigger altered on cases')
      expect(await move()).toMatchObject({ isFinished: true })
      await expectSame()
    })
  })

  describe('where it should not go', () => {
    it('is refused a database that is not empty, and leaves both as they were', async () => {
      await migratePostgres(url)
      await target.query(`insert into used_captchas values ('mine', now())`)
      await expect(move()).rejects.toThrow('The database to move to is not empty: it has rows in used_captchas.')
      await migratePostgres(url)
      expect(await target.query('select * from used_captchas')).toMatchObject({ rowCount: 1 })
      expect(inSource((db) => db.prepare(`select 1 from sqlite_master where name = 'outgoing_move'`).all())).toEqual([])
    })

    it('is refused a database that another one is moving to', async () => {
      await expect(interruptedAt('copying')).rejects.toThrow('interrupted')
      const other = newSource('other.db')
      await expect(move({ file: other })).rejects.toThrow('holds the unfinished move of another database')
      expect(await move()).toMatchObject({ isFinished: true })
    })

    it('is refused a database that keeps other characters, or is not there', async () => {
      const latin = await newDatabase(`encoding 'LATIN1' locale_provider libc locale 'C' template template0`)
      await expect(move({ url: latin })).rejects.toThrow('is kept in LATIN1: make one with encoding UTF8')
      await expect(move({ url: `${url}_not` })).rejects.toThrow(/^The database to move to cannot be opened: .*does not exist/)
      await expect(move({ url: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toThrow(/^The database to move to cannot be opened: .*ECONNREFUSED/)
      await expect(move({ file: join(folder, 'none.db') })).rejects.toThrow('There is no database at')
    })

    it('names the row that Postgres cannot keep, and changes nothing', async () => {
      inSource((db) => db.prepare('update cases set caption = ? where id = 20').run('a\0b'))
      await expect(move()).rejects.toThrow('Postgres cannot keep "caption" of the row with id "20" in the table cases as it is: it holds a NUL character.')
      inSource((db) => db.exec(`update cases set caption = 'ab', recorded_at = 1.5 where id = 20`))
      await expect(move()).rejects.toThrow('"recorded_at" of the row with id "20" in the table cases as it is: it is of another kind.')
      inSource((db) => db.exec('update cases set recorded_at = 9007199254740993 where id = 20'))
      await expect(move()).rejects.toThrow('"recorded_at" of the row with id "20"')
      inSource((db) => db.exec('update cases set recorded_at = 2 where id = 20; update message_contents set payload = \'{"\' where id = 2'))
      await expect(move()).rejects.toThrow('"payload" of the row with id "2" in the table message_contents as it is: it is not JSON.')
      inSource((db) => db.exec(`update message_contents set payload = '{}' where id = 2`))
      expect(await move()).toMatchObject({ isFinished: true })
      await expectSame()
    })
  })
})
