import { defineCommand } from 'citty'
import { boundedWords } from '../../contract/operator-view.ts'
import { messageStates } from '../../contract/vocabulary.ts'
import { countOutbox } from '../../domain/operator/count-outbox.ts'
import { listOutbox } from '../../domain/outbox/list-outbox.ts'
import type { Runtime } from '../../runtime.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

const maxListed = 1_000

/** `ttc outbox [--state …] [--counts]`: what is in the outbox, newest first; how many of each kind in each state. */
export const outboxCommand = defineCommand({
  meta: { name: 'outbox', description: 'Lists messages, newest first; --counts counts them by kind and state.' },
  args: {
    state: { type: 'string', description: `Only those that are ${messageStates.join(', ')}` },
    counts: { type: 'boolean', default: false, description: 'Count them by kind and state instead' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args }) => withRuntime('command', async (runtime) => {
    const state = messageStates.find((one) => one === args.state)
    if (args.state !== undefined && !state) throw new Error(`--state must be one of ${messageStates.join(', ')}.`)
    if (args.counts) return printCounts(runtime, args.json)
    const messages = await listOutbox(runtime.workplace.reading(), { limit: maxListed, ...(state ? { state } : {}) })
    if (args.json) printJson(messages)
    else for (const { id, kind, state: now, attempts, reason } of messages) print(`${id}\t${kind}\t${now}\t${attempts} tries\t${reason ?? ''}`)
  }),
})

async function printCounts({ workplace }: Runtime, isJson: boolean): Promise<void> {
  const outbox = await countOutbox(workplace.reading())
  if (isJson) {
    printJson(outbox)
    return
  }
  if (outbox.kinds.length === 0) print('The outbox is empty.')
  for (const { kind, states } of outbox.kinds) for (const state of messageStates) if (states[state].count > 0) print(`${kind}\t${state}\t${boundedWords(states[state])}`)
  if (outbox.oldestDueAt !== null) print(`What has waited longest has been due since ${outbox.oldestDueAt.toISOString()}.`)
}
