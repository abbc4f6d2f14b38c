import { defineCommand } from 'citty'
import { previewEvening } from '../../domain/digest/preview-evening.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

/** `ttc digest`: holds the evening; with `--dry-run` says what it would owe and changes nothing. */
export const digestCommand = defineCommand({
  meta: { name: 'digest', description: 'Holds the evening: owes every subscription what came since the last one.' },
  args: {
    day: { type: 'string', description: 'The evening to hold, YYYY-MM-DD in court time; default today' },
    'dry-run': { type: 'boolean', default: false, description: 'Change nothing, say how much would leave' },
    list: { type: 'boolean', default: false, description: 'With --dry-run: who would get what' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args }) => withRuntime('command', async (runtime) => {
    if (!args['dry-run']) {
      const result = await runtime.holdEvening(args.day)
      if (args.json) printJson(result)
      else print(`The evening of ${result.day} was held: ${result.notices} notices owed. "ttc deliver" or the worker sends them.`)
      return
    }
    const owed = await previewEvening(runtime.workplace.reading(), runtime.profile)
    if (args.json) printJson({ notices: owed.length, emails: owed.length, texts: 0, ...(args.list ? { list: owed } : {}) })
    else {
      if (args.list) for (const { email, caseNumber } of owed) print(`${email}\t${caseNumber}`)
      print(`${owed.length} notices would leave as ${owed.length} e-mails. Nothing was changed.`)
    }
  }),
})
