import { defineCommand } from 'citty'
import { messageStates } from '../../contract/vocabulary.ts'
import { listOutbox } from '../../domain/outbox/list-outbox.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

const maxListed = 1_000

/** `ttc outbox [--state …]`: what is in the outbox, newest first. */
export const outboxCommand = defineCommand({
  meta: { name: 'outbox', description: 'Lists messages, newest first.' },
  args: {
    state: { type: 'string', description: `Only those that are ${messageStates.join(', ')}` },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args }) => withRuntime('command', async (runtime) => {
    const state = messageStates.find((one) => one === args.state)
    if (args.state !== undefined && !state) throw new Error(`--state must be one of ${messageStates.join(', ')}.`)
    const messages = await listOutbox(runtime.workplace.reading(), { limit: maxListed, ...(state ? { state } : {}) })
    if (args.json) printJson(messages)
    else for (const { id, kind, state: now, attempts, reason } of messages) print(`${id}\t${kind}\t${now}\t${attempts} tries\t${reason ?? ''}`)
  }),
})
