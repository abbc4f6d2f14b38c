import { defineCommand } from 'citty'
import { checkFile } from '../../../db/backup/check-file.ts'
import { engineOf, sqliteFileOf } from '../../../db/engine.ts'
import { checkRows, type CheckedRows } from '../../domain/check/check-rows.ts'
import { loadEnv } from '../../env.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

/** `ttc check`: whether the database is whole, and its rows are as the rules of the service say; exit code 0 only when they are. */
export const checkCommand = defineCommand({
  meta: { name: 'check', description: 'Checks the whole database, also while the service runs: pages, indexes, references, and what the rules say of its rows.' },
  args: { json: { type: 'boolean', default: false, description: 'Answer as JSON' } },
  async run({ args }) {
    const { databaseUrl } = loadEnv()
    const damage = engineOf(databaseUrl) === 'sqlite' ? checkFile(sqliteFileOf(databaseUrl)) : []
    // A database that is not whole is not worked on.
    if (damage.length > 0) tell(args.json, { faults: damage, notes: [], counts: null, messages: {} })
    else await withRuntime('command', async ({ workplace }) => tell(args.json, await checkRows(workplace.reading())))
  },
})

function tell(isJson: boolean, { faults, notes, counts, messages }: Omit<CheckedRows, 'counts'> & { readonly counts: CheckedRows['counts'] | null }): void {
  const isWell = faults.length === 0
  if (!isWell) process.exitCode = 1
  if (isJson) {
    printJson({ isWell, faults, notes, counts, messages })
    return
  }
  for (const line of [...faults, ...notes]) print(line)
  if (counts) print(Object.entries({ ...counts, ...messages }).map(([what, n]) => `${what} ${n.toLocaleString('en-US')}`).join(', '))
  print(isWell ? 'All is well.' : 'Not all is well.')
}
