import { defineCommand } from 'citty'
import { dropMessage } from '../../domain/outbox/drop-message.ts'
import { namedOrParked, parkedArgs } from '../parked-ids.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

/** `ttc drop ID…`: parked messages that had left, or that nobody needs any more, do not leave. */
export const dropCommand = defineCommand({
  meta: { name: 'drop', description: 'Lets parked messages go: they had left before, or nobody needs them any more. They never leave.' },
  args: {
    ids: { type: 'positional', required: false, description: 'Numbers of messages, as "ttc outbox --state parked" lists them' },
    ...parkedArgs,
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args }) => withRuntime('command', async ({ workplace }) => {
    const outcomes: { readonly id: string; readonly outcome: 'dropped' | 'notDropped' }[] = []
    for await (const given of namedOrParked(workplace, args)) {
      const isDropped = /^\d{1,15}$/.test(given) && await workplace.inOneTransaction((work) => dropMessage(work, Number(given))) === 'dropped'
      if (!isDropped) process.exitCode = 1
      outcomes.push({ id: given, outcome: isDropped ? 'dropped' : 'notDropped' })
      if (!args.json) print(isDropped ? `Message ${given} will not leave.` : `Message ${given} is not one that was parked.`)
    }
    if (args.json) printJson(outcomes)
  }),
})
