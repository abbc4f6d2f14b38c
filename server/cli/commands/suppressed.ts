import { defineCommand } from 'citty'
import { mendAddress } from '../../domain/accounts/mend-address.ts'
import { listSuppressed } from '../../domain/operator/list-suppressed.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

const maxListed = 1_000

/** `ttc suppressed [--lift ID]`: addresses that get no notices since mail to them came back; sends to one of them again (G4, I5). */
export const suppressedCommand = defineCommand({
  meta: { name: 'suppressed', description: 'Lists addresses that get no notices since mail to them came back; --lift sends to one again.' },
  args: {
    lift: { type: 'string', description: 'Send to it again: its number, as this command lists it' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args: { lift, json } }) => withRuntime('command', async ({ workplace }) => {
    if (lift !== undefined) {
      const id = /^\d{1,15}$/.test(lift) ? Number(lift) : 0
      const outcome = await workplace.inOneTransaction((work) => mendAddress(work, id))
      if (outcome === 'notSuppressed') process.exitCode = 1
      if (json) printJson({ id, outcome })
      else print(outcome === 'mended' ? `Address ${lift} gets notices again. The next evening tells what was missed.` : `Address ${lift} is not suppressed.`)
      return
    }
    const suppressed = await listSuppressed(workplace.reading(), maxListed)
    if (json) printJson(suppressed)
    else if (suppressed.length === 0) print('No address is suppressed.')
    else for (const { subscriberId, address, since, because, paused } of suppressed) print(`${subscriberId}\t${address}\t${since.toISOString()}\t${because}\t${paused} paused`)
  }),
})
