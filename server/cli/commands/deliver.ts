import { defineCommand } from 'citty'
import { print, printJson, withRuntime } from '../with-runtime.ts'

/** `ttc deliver`: sends what is due and ends. */
export const deliverCommand = defineCommand({
  meta: { name: 'deliver', description: 'Sends what is due.' },
  args: { json: { type: 'boolean', default: false, description: 'Answer as JSON' } },
  run: ({ args }) => withRuntime('command', async (runtime) => {
    const result = await runtime.deliver()
    if (args.json) printJson(result)
    else print(`${result.sent} sent, ${result.retrying} to be tried again, ${result.failed} failed, ${result.remaining} remaining.`)
    if (result.failed > 0) process.exitCode = 1
  }),
})
