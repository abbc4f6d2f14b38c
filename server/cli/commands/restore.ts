import { defineCommand } from 'citty'
import { engineOf, sqliteFileOf } from '../../../db/engine.ts'
import { loadEnv } from '../../env.ts'
import { restoreBackup, type RestoredBackup } from '../../restore-backup.ts'
import { readInstant } from '../read-instant.ts'
import { print, printJson } from '../with-runtime.ts'
import { withoutRuntime } from '../without-runtime.ts'
import { backUpPostgres } from './backup.ts'

/** `ttc restore FILE`: puts a backup in the place of the database, keeps the old one, and parks what may have left since (R14). */
export const restoreCommand = defineCommand({
  meta: {
    name: 'restore',
    description: 'Puts a backup in the place of the database and keeps the old one aside. Nothing leaves twice: what may have left since waits for "ttc retry" or "ttc drop".',
  },
  args: {
    file: { type: 'positional', required: true, description: 'A file that "ttc backup" made' },
    'made-at': { type: 'string', description: 'For a file that does not say it: when it was made, like 2026-11-20T18:00:00Z' },
    'nothing-left': { type: 'boolean', default: false, description: 'Surely no notice and no text left since it was made: park nothing' },
    stopped: { type: 'boolean', default: false, description: 'Surely nobody has the present database open; needed only where it cannot be read' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args }) => withoutRuntime(async () => {
    const { databaseUrl } = loadEnv()
    if (engineOf(databaseUrl) === 'postgres') throw new Error(backUpPostgres)
    const restored = await restoreBackup({
      file: sqliteFileOf(databaseUrl), backup: args.file, madeAt: readInstant('--made-at', args['made-at']),
      hasNothingLeft: args['nothing-left'], isStopped: args.stopped, clock: { now: () => new Date() },
    })
    if (args.json) printJson(restored)
    else for (const line of linesOf(restored, args['nothing-left'])) print(line)
  }),
})

function linesOf({ backedUpAt, aside, parked, remembered, carried }: RestoredBackup, hasNothingLeft: boolean): string[] {
  return [
    `The database is as it stood at ${backedUpAt.toISOString()}.`,
    aside === null ? 'There was no database before.' : `The old one is kept as ${aside}: it holds addresses, so delete it when it is not needed any more.`,
    carried === null
      ? 'The old one could not be asked what happened since: who stopped since then is tracking again, and cases that became confidential are public again. See docs/backups.md before you start the service.'
      : `Carried over from it: ${carried.stopped} subscriptions stopped, ${carried.phones} phones that answered STOP, ${carried.suppressed} addresses that take no mail, `
        + `${carried.hidden} confidential cases, entries and events, ${carried.deletedCases} expunged cases, ${carried.deletedSubscribers} deleted addresses.`,
    ...(hasNothingLeft ? ['Nothing is parked, by your word.'] : [
      `${parked} messages are parked that may have left since. ${remembered} are tried again under keys that their provider knows.`,
      'What evenings and changes owe from now on is parked too: start the service, let the court system send again what it sent since, hold the evening,',
      'look at "ttc outbox --state parked" and the provider\'s log, decide with "ttc retry" or "ttc drop", and then say "ttc restored --clear".',
    ]),
  ]
}
