import { defineCommand } from 'citty'
import { eveningWaitsWords } from '../../contract/evening-wording.ts'
import { findWaitingEvening, releaseEvening } from '../../domain/digest/evening-holds.ts'
import { previewEvening } from '../../evening/preview-evening.ts'
import type { Reading } from '../../work.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

/** `ttc digest`: holds the evening; with `--dry-run` says what it would owe and changes nothing. */
export const digestCommand = defineCommand({
  meta: { name: 'digest', description: 'Holds the evening: owes every subscription what came and fell due since the last one.' },
  args: {
    day: { type: 'string', description: 'The evening to hold, YYYY-MM-DD in court time; default today' },
    'dry-run': { type: 'boolean', default: false, description: 'Change nothing, say how much would leave' },
    yes: { type: 'boolean', default: false, description: 'Say yes to an evening that waits since it owes far more than is usual, and hold it' },
    list: { type: 'boolean', default: false, description: 'With --dry-run: who would get what' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args }) => withRuntime('command', async (runtime) => {
    if (!args['dry-run']) {
      const { workplace } = runtime
      const day = args.yes ? await workplace.inOneTransaction((work) => releaseEvening(work, 'command', { day: args.day })) : args.day
      const result = await runtime.holdEvening(day)
      if (result.state === 'waiting') process.exitCode = 1
      if (args.json) printJson(result)
      else if (result.state === 'waiting') await sayWhatWaits(workplace.reading(), result.day)
      else if (result.state === 'running') print(`The evening of ${result.day} is being held elsewhere.`)
      else print(`The evening of ${result.day} was held: ${result.emails} e-mails and ${result.texts} texts owed. "ttc deliver" or the worker sends them.`)
      return
    }
    const { notices, emails, texts, list } = await previewEvening(runtime.workplace, runtime.site, {
      day: args.day, mayBeFuture: runtime.env.mail.transport === 'mailbox', isListed: args.list,
    })
    if (args.json) printJson({ notices, emails, texts, ...(args.list ? { list } : {}) })
    else {
      for (const { caseNumber, ...to } of list) print(`${'email' in to ? to.email : to.phone}\t${caseNumber}`)
      print(`${emails} e-mails and ${texts} texts would leave. Nothing was changed.`)
    }
  }),
})

async function sayWhatWaits(reading: Reading, day: string): Promise<void> {
  const waiting = await findWaitingEvening(reading, day)
  if (waiting) print(eveningWaitsWords(waiting))
  print(`To let it leave: "ttc digest --yes --day ${day}", or the button on the operator's page.`)
}
