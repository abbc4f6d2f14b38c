import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from '../../db/engine.ts'
import { migrationsOf } from '../../db/migrate.ts'
import { namePairs, nameWords } from '../../db/schema.ts'
import { indexedPairs } from '../domain/cases/indexed-words.ts'
import type { Reading } from '../work.ts'

const migrations: Readonly<Record<Engine, string>> = { sqlite: '0010_name_pairs.sql', postgres: '0007_name_pairs.sql' }

/** The statements of the migration that fill `name_pairs` from `name_words`: for tests that put words down by SQL, and of themselves. */
export const pairingStatements = (engine: Engine): string[] =>
  readFileSync(join(migrationsOf(engine), migrations[engine]), 'utf8').split('--> statement-breakpoint').filter((text) => text.includes('INTO name_pairs'))

/** Pairs of words that are missing or left over, by the words that cases are found by: none where all is well. */
export async function pairsAmiss({ tx }: Reading): Promise<string[]> {
  const names = Map.groupBy(await tx.select().from(nameWords), ({ caseId, ordinal }) => `${caseId}/${ordinal}`)
  const expected = new Set([...names].flatMap(([name, words]) => indexedPairs(words.map(({ word }) => word)).map((pair) => `${name} ${pair.word} ${pair.otherWord}`)))
  const there = new Set((await tx.select().from(namePairs)).map(({ word, otherWord, caseId, ordinal }) => `${caseId}/${ordinal} ${word} ${otherWord}`))
  return [...[...expected].filter((pair) => !there.has(pair)), ...[...there].filter((pair) => !expected.has(pair))]
}
