import { defineCommand } from 'citty'
import { backUp } from '../../../db/backup/back-up.ts'
import { engineOf, sqliteFileOf } from '../../../db/engine.ts'
import { loadEnv } from '../../env.ts'
import { showProgress, type Progress } from '../progress.ts'
import { print, printJson } from '../with-runtime.ts'
import { withoutRuntime } from '../without-runtime.ts'

/** What to run where Postgres keeps the data: its own tools do it, with rights and a place that are not ours. */
export const backUpPostgres = 'Postgres has tools of its own for backups: run "pg_dump --format=custom --file=FILE" with the address of DATABASE_URL, '
  + 'and note the moment before. After "pg_restore" into an empty database run "ttc restored --made-at MOMENT" before the service starts (docs/backups.md).'

/** `ttc backup FILE`: a consistent copy of the database, made while the service runs and writes. */
export const backupCommand = defineCommand({
  meta: { name: 'backup', description: 'Copies the database to a new file while the service runs, and checks the copy; overwrites nothing.' },
  args: {
    file: { type: 'positional', required: true, description: 'The new file; only its owner will be able to read it' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args }) => withoutRuntime(async () => {
    const { databaseUrl } = loadEnv()
    if (engineOf(databaseUrl) === 'postgres') throw new Error(backUpPostgres)
    let bar: Progress | undefined
    try {
      const { madeAt, bytes } = await backUp(sqliteFileOf(databaseUrl), args.file, {
        madeAt: new Date(),
        onProgress(pages, of) {
          bar ??= showProgress('Copying', of, 'pages')
          bar.to(pages)
        },
      })
      bar?.end()
      if (args.json) printJson({ file: args.file, madeAt, bytes })
      else print(`${args.file} holds the database as it stood at ${madeAt.toISOString()} (${Math.ceil(bytes / 1_000_000).toLocaleString('en-US')} MB), checked. It holds addresses: keep it where nobody else reads.`)
    } finally {
      bar?.end()
    }
  }),
})
