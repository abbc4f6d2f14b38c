import { defineCommand } from 'citty'
import { retryMessage } from '../../domain/outbox/retry-message.ts'
import { namedOrParked, parkedArgs } from '../parked-ids.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

/** `ttc retry ID…`: lets failed or parked messages try again. */
export const retryCommand = defineCommand({
  meta: { name: 'retry', description: 'Lets failed or parked messages leave again; of a parked one nobody knows whether it left: it may leave twice.' },
  args: {
    ids: { type: 'positional', required: false, description: 'Numbers of messages, as "ttc outbox" lists them' },
    ...parkedArgs,
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args }) => withRuntime('command', async (runtime) => {
    const outcomes: { readonly id: string; readonly outcome: 'waiting' | 'notRetried' }[] = []
    for await (const given of namedOrParked(runtime.workplace, args)) {
      const isWaiting = /^\d+$/.test(given) && Number.isSafeInteger(Number(given))
        && await runtime.workplace.inOneTransaction((work) => retryMessage(work, Number(given))) === 'waiting'
      if (!isWaiting) process.exitCode = 1
      outcomes.push({ id: given, outcome: isWaiting ? 'waiting' : 'notRetried' })
      if (!args.json) print(isWaiting ? `Message ${given} waits to leave again.` : `Message ${given} is not one that failed or was parked.`)
    }
    if (args.json) printJson(outcomes)
  }),
})
