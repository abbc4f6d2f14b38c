import { defineCommand } from 'citty'
import { listRuns } from '../../domain/operator/list-runs.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

const listed = 30

/** `ttc runs`: the evenings that were held, newest first (I5). */
export const runsCommand = defineCommand({
  meta: { name: 'runs', description: `Lists the last ${listed} runs of evenings, newest first.` },
  args: { json: { type: 'boolean', default: false, description: 'Answer as JSON' } },
  run: ({ args }) => withRuntime('command', async ({ workplace }) => {
    const runs = await listRuns(workplace.reading(), listed)
    if (args.json) printJson(runs)
    else if (runs.length === 0) print('No evening was held yet.')
    else for (const { day, startedAt, changes, notices, emails, texts, reminders, durationMs } of runs) {
      const took = durationMs === null ? 'not measured' : `${durationMs} ms`
      print(`${day}\t${startedAt.toISOString()}\t${changes} changes\t${notices} notices\t${emails} e-mails\t${texts} texts\t${reminders} reminders\t${took}`)
    }
  }),
})
