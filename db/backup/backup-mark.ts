import type Sqlite from 'better-sqlite3'

// Says in a backup when it was made. Beside the schema: the database itself never has it, and a restored one loses it again.

/** From which moment on a backup may lack something; undefined in a file that is no backup of ours. */
export function findBackupMoment(connection: Sqlite.Database): Date | undefined {
  if (connection.prepare(`select 1 from sqlite_master where type = 'table' and name = 'backup_mark'`).get() === undefined) return undefined
  const row: unknown = connection.prepare('select made_at from backup_mark').get()
  return typeof row === 'object' && row !== null && 'made_at' in row && typeof row.made_at === 'number' ? new Date(row.made_at) : undefined
}

export function putBackupMark(connection: Sqlite.Database, madeAt: Date): void {
  connection.exec('drop table if exists backup_mark; create table backup_mark (made_at integer not null)')
  connection.prepare('insert into backup_mark values (?)').run(madeAt.getTime())
}

export function removeBackupMark(connection: Sqlite.Database): void {
  connection.exec('drop table if exists backup_mark')
}
