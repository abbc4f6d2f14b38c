import { defineCommand } from 'citty'
import { print, printJson, withRuntime } from '../with-runtime.ts'

/** `ttc jobs [--redrive]`: jobs that were tried as often as they may be; puts them back. */
export const jobsCommand = defineCommand({
  meta: { name: 'jobs', description: 'Lists jobs that failed for good; --redrive puts them back.' },
  args: {
    redrive: { type: 'boolean', default: false, description: 'Put them all back as if they had never been tried' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args }) => withRuntime('command', async ({ jobs }) => {
    if (args.redrive) {
      const redriven = await jobs.redrive()
      if (args.json) printJson({ redriven })
      else print(`${redriven} ${redriven === 1 ? 'job was' : 'jobs were'} put back.`)
      return
    }
    const dead = await jobs.listDead()
    if (args.json) printJson(dead)
    else if (dead.length === 0) print('No job has failed for good.')
    else for (const { id, kind, diedAt, tries, reason } of dead) print(`${id}\t${kind}\t${diedAt.toISOString()}\t${tries} tries\t${reason}`)
  }),
})
