import { defineCommand } from 'citty'
import { listCourts } from '../../domain/cases/list-courts.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

/** `ttc courts`: the codes that records name courts by. */
export const courtsCommand = defineCommand({
  meta: { name: 'courts', description: 'Lists the codes of courts.' },
  args: { json: { type: 'boolean', default: false, description: 'Answer as JSON' } },
  run: ({ args }) => withRuntime('command', async (runtime) => {
    const listed = await listCourts(runtime.workplace.reading(), runtime.profile)
    if (args.json) printJson(listed)
    else for (const court of listed.circuits.flatMap((circuit) => circuit.courts)) print(`${court.code}\t${court.name}`)
  }),
})
