import type Sqlite from 'better-sqlite3'
import type pg from 'pg'

// What says, in either database, how far a move has come. Beside the schema: in a database that no move met there is none.

/** What a service on a database that has moved says, and any statement that would write there. */
export const hasMoved = 'This database has moved to Postgres: set DATABASE_URL to its new address.'
/** What a service says on a database that a move is still filling. */
export const isMovingIn = 'A move to this database is not finished: run "ttc move" once more from where it began, or empty the database.'

const ops = ['insert', 'update', 'delete'] as const

/** A name for what moves, kept in the source from the first try on, and whether it is closed. */
export interface Outgoing {
  readonly id: string
  readonly isClosed: boolean
}

export function findOutgoing(source: Sqlite.Database): Outgoing | undefined {
  if (source.prepare(`select 1 from sqlite_master where type = 'table' and name = 'outgoing_move'`).get() === undefined) return undefined
  const row: unknown = source.prepare('select id, is_closed from outgoing_move').get()
  if (typeof row !== 'object' || row === null || !('id' in row) || !('is_closed' in row)) return undefined
  return { id: String(row.id), isClosed: row.is_closed === 1 }
}

export function putOutgoing(source: Sqlite.Database, id: string): void {
  source.exec('create table if not exists outgoing_move (id text primary key, is_closed integer not null)')
  source.prepare('insert into outgoing_move (id, is_closed) values (?, 0)').run(id)
}

/** From here on the database refuses every write, of processes that have it open too. In the open transaction. */
export function closeSource(source: Sqlite.Database, tables: readonly string[]): void {
  for (const table of tables) {
    for (const op of ops) {
      source.exec(`create trigger "${table}_moved_${op}" before ${op} on "${table}" begin select raise(abort, '${hasMoved}'); end`)
    }
  }
  source.exec('update outgoing_move set is_closed = 1')
}

/** The name of what is moving in; undefined when nothing is. */
export async function findIncoming(target: pg.Client): Promise<string | undefined> {
  const { rows: [found] } = await target.query<{ stands: boolean }>(`select to_regclass('public.unfinished_move') is not null as stands`)
  if (!found?.stands) return undefined
  const { rows: [mark] } = await target.query<{ source: string }>('select source from unfinished_move')
  return mark?.source
}

export async function putIncoming(target: pg.Client, id: string): Promise<void> {
  await target.query(`begin; create table unfinished_move (source text primary key); insert into unfinished_move values ('${id}'); commit`)
}

export async function removeIncoming(target: pg.Client): Promise<void> {
  await target.query('drop table unfinished_move')
}
