import { defineCommand } from 'citty'
import { leapIds } from '../../../db/backup/leap-ids.ts'
import { clearRestorations } from '../../domain/restorations/clear-restorations.ts'
import { enterRestoration } from '../../domain/restorations/enter-restoration.ts'
import { listRestorations } from '../../domain/restorations/list-restorations.ts'
import { readInstant } from '../read-instant.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

const maxListed = 100

/** `ttc restored`: lists restorations; ends one; or says that one was made by other means than `ttc restore`, Postgres's for example. */
export const restoredCommand = defineCommand({
  meta: { name: 'restored', description: 'Lists backups that were restored; --clear says that what left since was looked after, and notices leave again.' },
  args: {
    clear: { type: 'boolean', default: false, description: 'What left since was looked after: what is owed from now on leaves again; parked messages stay parked' },
    'made-at': { type: 'string', description: 'The database was put back by other means (pg_restore, a snapshot), as it stood at this moment; run it before the service starts' },
    'nothing-left': { type: 'boolean', default: false, description: 'With --made-at: surely no notice and no text left since' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args }) => withRuntime('command', async ({ workplace, env }) => {
    const backedUpAt = readInstant('--made-at', args['made-at'])
    if (backedUpAt) {
      if (backedUpAt > workplace.reading().now) throw new Error('--made-at names a moment that has not come yet.')
      await leapIds(env.databaseUrl)
      const entered = await workplace.inOneTransaction((work) => enterRestoration(work, { backedUpAt, hasNothingLeft: args['nothing-left'] }))
      if (args.json) printJson({ ...entered, backedUpAt })
      else print(`Entered. ${entered.parked} messages are parked, ${entered.remembered} are tried again under keys that their provider knows.`)
      return
    }
    if (args.clear) {
      const cleared = await workplace.inOneTransaction(clearRestorations)
      if (args.json) printJson({ cleared })
      else print(cleared === 0 ? 'No restoration waits for this.' : 'From now on notices and texts leave again. What is parked stays so until "ttc retry" or "ttc drop".')
      return
    }
    const restorations = await listRestorations(workplace.reading(), maxListed)
    if (args.json) printJson(restorations)
    else if (restorations.length === 0) print('No backup was ever restored here.')
    else for (const { id, backedUpAt: made, restoredAt, clearedAt } of restorations) {
      print(`${id}\tmade ${made.toISOString()}\trestored ${restoredAt.toISOString()}\t${clearedAt === null ? 'notices are parked until "ttc restored --clear"' : `cleared ${clearedAt.toISOString()}`}`)
    }
  }),
})
