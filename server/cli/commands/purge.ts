import { defineCommand } from 'citty'
import { purge } from '../../evening/purge.ts'
import { showProgress } from '../progress.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

/** `ttc purge`: deletes what the retention rules say is over (docs/privacy.md); every evening does so by itself. */
export const purgeCommand = defineCommand({
  meta: { name: 'purge', description: 'Deletes what has been kept for its time (docs/privacy.md), as every evening does by itself.' },
  args: {
    'dry-run': { type: 'boolean', default: false, description: 'Change nothing, say how much would go' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args }) => withRuntime('command', async ({ workplace }) => {
    let slices = 0
    const bar = showProgress('Looking through', 100, 'slices or more')
    const purged = await purge(workplace, { isDryRun: args['dry-run'], onSlice: () => bar.to(++slices) })
    bar.end()
    if (args.json) {
      printJson(purged)
      return
    }
    for (const [what, rows] of Object.entries(purged)) if (rows > 0) print(`${what}\t${rows.toLocaleString('en-US')}`)
    const all = Object.values(purged).reduce((sum, rows) => sum + rows, 0)
    print(args['dry-run'] ? `${all.toLocaleString('en-US')} rows would go. Nothing was changed.` : `${all.toLocaleString('en-US')} rows are gone.`)
  }),
})
