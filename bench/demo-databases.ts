import { openDatabase } from '../db/open-database.ts'
import Sqlite from 'better-sqlite3'
import { join } from 'node:path'
import { migrateSqlite } from '../db/migrate.ts'
import { putProfileCourts } from '../server/domain/courts/put-profile-courts.ts'
import { putDemoData } from '../server/domain/demo/put-demo-data.ts'
import { workplaceOf } from '../server/work.ts'
import { timed } from './figures.ts'
import { site } from './our-evening.ts'
import { eveningAt, type EveningSize } from './put-evening.ts'

/** A database that `ttc demo` made. */
export interface DemoDatabase {
  readonly file: string
  readonly cases: number
  /** In all tables, and how long they took. */
  readonly rows: number
  readonly ms: number
}

const counted = ['cases', 'parties', 'name_words', 'name_pairs', 'docket_entries', 'docket_changes', 'scheduled_events', 'scheduled_payments', 'subscribers', 'subscriptions']

export async function makeDemoDatabase(folder: string, name: string, size: EveningSize): Promise<DemoDatabase> {
  const file = join(folder, `${name}.db`)
  migrateSqlite(file)
  const workplace = workplaceOf(openDatabase(`file:${file}`), { now: () => new Date(eveningAt) })
  await workplace.inOneTransaction((work) => putProfileCourts(work, site.profile))
  const ms = await timed(() => putDemoData(workplace, site, { ...size, seed: 1 }))
  await workplace.close()
  const db = new Sqlite(file)
  const rows = counted.reduce((sum, table) => sum + Number(db.prepare(`select count(*) from ${table}`).pluck().get()), 0)
  db.close()
  return { file, cases: size.cases, rows, ms }
}
