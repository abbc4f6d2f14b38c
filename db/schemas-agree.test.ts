import Sqlite from 'better-sqlite3'
import { getTableName } from 'drizzle-orm'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadProfile } from '../server/profile/load-profile.ts'
import { readPostgresSchema, readSqliteSchema } from '../server/testing/live-schema.ts'
import { createTestDatabase } from '../server/testing/test-databases.ts'
import { sqlite } from './columns.ts'
import { chosenEngine } from './engine.ts'
import { migrateSqlite } from './migrate.ts'
import { tablesFor } from './schema/tables-for.ts'

describe.runIf(chosenEngine() === 'postgres')('the schemas that the migrations of both engines lead to', () => {
  let folder: string
  let file: string
  let client: pg.Client
  let drop: () => Promise<void>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ttc-schemas-'))
    file = join(folder, 'migrated.db')
    migrateSqlite(file)
    const database = await createTestDatabase(loadProfile())
    drop = database.drop
    client = new pg.Client({ connectionString: database.url })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await drop()
    rmSync(folder, { recursive: true })
  })

  it('have the same tables, columns, keys, indexes, checks and references', async () => {
    const ofSqlite = readSqliteSchema(file)
    expect(await readPostgresSchema(client)).toEqual(ofSqlite)
    expect(Object.keys(ofSqlite)).toEqual(Object.values(tablesFor(sqlite)).map(getTableName).sort())
  })

  // That the comparison sees what it should: each is undone before the next.
  const onPostgres = [
    'alter table parties add extra text collate "C"', 'alter table parties drop attorney', 'alter table parties alter name drop not null',
    'alter table parties alter attorney set not null', `alter table parties alter role set default 'Party'`, 'alter table parties alter ordinal type integer',
    'alter table parties alter name type text collate "default"', 'alter table cases alter id drop identity', 'alter table court_counties drop constraint court_counties_court_county_pk',
    'drop index cases_filed', 'drop index subscribers_email_key; create index subscribers_email_key on subscribers (email_key)',
    'drop index docket_changes_run; create index docket_changes_run on docket_changes (run_id, case_id, id)',
    'drop index docket_changes_run; create index docket_changes_run on docket_changes (run_id, id, case_id) where run_id is not null',
    `drop index outbox_messages_leased; create index outbox_messages_leased on outbox_messages (leased_until) where state = 'waiting'`,
    'alter table cases drop constraint cases_status_known', 'alter table cases drop constraint cases_status_known; alter table cases add constraint cases_status_known check (status in (\'open\'))',
    'alter table parties drop constraint parties_case_id_cases_id_fk', 'drop table mailbox_messages', 'create table extra (id bigint primary key)',
    'alter table parties drop constraint parties_case_id_cases_id_fk; alter table parties add foreign key (case_id) references cases (id)',
  ]
  it.each(onPostgres)('differ after %s', async (change) => {
    await client.query(`begin; ${change}`)
    const ofPostgres = await readPostgresSchema(client)
    await client.query('rollback')
    expect(ofPostgres).not.toEqual(readSqliteSchema(file))
  })

  it.each([
    'alter table parties add extra text', 'drop index cases_filed', 'alter table parties drop column attorney',
    'drop index docket_changes_run; create index docket_changes_run on docket_changes (run_id, case_id, id)',
  ])('differ when SQLite alone goes on with %s', async (change) => {
    const ahead = join(folder, 'ahead.db')
    migrateSqlite(ahead)
    const connection = new Sqlite(ahead)
    connection.exec(change)
    connection.close()
    expect(await readPostgresSchema(client)).not.toEqual(readSqliteSchema(ahead))
    rmSync(ahead)
  })
})
