import { defineCommand } from 'citty'
import { isDatabaseEmpty } from '../../domain/demo/is-database-empty.ts'
import { putDemoData } from '../../domain/demo/put-demo-data.ts'
import { print, withRuntime } from '../with-runtime.ts'

/** Part of set-up: the database at its newest schema; demonstration data in an empty one, with the local mailbox only. */
export const setupCommand = defineCommand({
  meta: { name: 'setup', description: 'Prepares the database; part of "npm run setup".', hidden: true },
  run: () => withRuntime('command', async ({ workplace, site, env }) => {
    if (env.mail.transport !== 'mailbox' || !await isDatabaseEmpty(workplace.reading())) return
    await putDemoData(workplace, site, { cases: 2_400, subscriptions: 0, entries: 0, seed: 1 })
    print('Put demonstration data into the empty database: invented cases, nobody tracks any yet.')
  }),
})
