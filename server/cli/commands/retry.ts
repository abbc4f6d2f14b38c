import { defineCommand } from 'citty'
import { retryMessage } from '../../domain/outbox/retry-message.ts'
import { print, withRuntime } from '../with-runtime.ts'

/** `ttc retry ID…`: lets failed or parked messages try again. */
export const retryCommand = defineCommand({
  meta: { name: 'retry', description: 'Lets failed or parked messages leave again.' },
  args: { ids: { type: 'positional', required: true, description: 'Numbers of messages, as "ttc outbox" lists them' } },
  run: ({ args }) => withRuntime('command', async (runtime) => {
    for (const given of args._) {
      const isWaiting = /^\d+$/.test(given) && Number.isSafeInteger(Number(given))
        && await runtime.workplace.inOneTransaction((work) => retryMessage(work, Number(given))) === 'waiting'
      if (!isWaiting) process.exitCode = 1
      print(isWaiting ? `Message ${given} waits to leave again.` : `Message ${given} is not one that failed or was parked.`)
    }
  }),
})
