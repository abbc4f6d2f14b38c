import { getTableName, isTable } from 'drizzle-orm'
import * as schema from '../../db/schema.ts'
import type { World } from './world.ts'

/** How many rows each table has. */
export async function rowCounts(world: World): Promise<Record<string, number>> {
  const names = Object.values(schema).filter((one) => isTable(one)).map((table) => getTableName(table)).sort()
  const [row = {}] = await world.rows(`select ${names.map((name) => `(select count(*) from ${name}) as ${name}`).join(', ')}`)
  return Object.fromEntries(Object.entries(row).map(([name, count]) => [name, Number(count)]))
}
