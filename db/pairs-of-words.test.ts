import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putCase } from '../server/testing/put-case.ts'
import { pairingStatements, pairsAmiss } from '../server/testing/pair-words.ts'
import { openWorld, type World } from '../server/testing/world.ts'
import { engineOf, sqliteFileOf } from './engine.ts'
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
