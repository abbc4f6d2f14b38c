// Every fault and attack of docs/reliability.md as often as it says, and the table with today's figures. "--seed N" chooses
// what is left to chance; other words are rows: "npm run torture -- R3 S5".
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { failWith, projectNode, run, runTool, say, typescript } from './environment.mjs'
import { buildPages, installDependencies, writeEnvFile } from './prepare.mjs'

const given = process.argv.slice(2)
const seedAt = given.indexOf('--seed')
const seed = seedAt < 0 ? undefined : given.splice(seedAt, 2)[1]
const rows = given.length === 0 ? '[RS]\\d{1,2}' : `(${given.join('|')})`
const folder = mkdtempSync(join(tmpdir(), 'torture-'))

try {
  await installDependencies()
  writeEnvFile()
  await buildPages()
  const figures = join(folder, 'figures.jsonl')
  writeFileSync(figures, '')
  const env = { TORTURE: 'long', TORTURE_FIGURES: figures, ...(seed && { TORTURE_SEED: seed }) }
  const ends = []
  for (const [what, tool, args] of [
    ['Faults and attacks', '.bin/vitest', ['run', '--project', 'sqlite', '--testTimeout', '7200000', '--hookTimeout', '600000', '--passWithNoTests', '-t', `(^|\\s)${rows}: `]],
    ['Attacks in a browser', '.bin/playwright', ['test', '--project', 'sqlite', '--pass-with-no-tests', '--grep', `(^|\\s)${rows}: `]],
  ]) ends.push(await runTool(tool, args, { env, what }).then(() => true, (error) => (say(String(error.message ?? error)), false)))
  await run(projectNode(), [...typescript, 'server/testing/torture/write-table.ts', figures, ...given], { env, what: 'The table' })
  if (ends.includes(false)) throw new Error('Some rows are not at their figure: see above and docs/reliability.md.')
} catch (error) {
  failWith(error)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
