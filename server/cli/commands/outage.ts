import { defineCommand } from 'citty'
import { outageWords, type OutageView } from '../../contract/outages-view.ts'
import { momentTyped } from '../../domain/hours/moment-typed.ts'
import { announceOutage } from '../../domain/outages/announce-outage.ts'
import { endOutage } from '../../domain/outages/end-outage.ts'
import { listOutages } from '../../domain/outages/list-outages.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

const listedPast = 100

const json = { type: 'boolean', default: false, description: 'Answer as JSON' } as const

function momentOf(name: string, typed: string, timeZone: string): Date {
  const moment = momentTyped(typed, timeZone)
  if (!moment) throw new Error(`--${name} must be a moment like "2026-12-05 20:00", in court time, or one with its offset.`)
  return moment
}

const addCommand = defineCommand({
  meta: { name: 'add', description: 'Announces an outage: every page says it from now until it ends.' },
  args: {
    from: { type: 'string', description: 'When it begins, like "2026-12-05 20:00" in court time; an unplanned one: default now' },
    to: { type: 'string', description: 'When it ends; may be left out where the end of an unplanned one is not known' },
    what: { type: 'string', required: true, description: 'What will not work, or what for, in one sentence' },
    unplanned: { type: 'boolean', default: false, description: 'It could not be announced three business days ahead' },
    json,
  },
  run: ({ args }) => withRuntime('command', async ({ workplace, profile }) => {
    const { from, to, what, unplanned } = args
    if (from === undefined && !unplanned) throw new Error('--from is missing: say when the outage begins.')
    const startsAt = from === undefined ? workplace.reading().now : momentOf('from', from, profile.timeZone)
    const endsAt = to === undefined ? null : momentOf('to', to, profile.timeZone)
    const id = await workplace.inOneTransaction((work) => announceOutage(work, profile, { startsAt, endsAt, what, isPlanned: !unplanned }))
    if (args.json) printJson({ id, startsAt, endsAt })
    else print(`Outage ${id} is announced on every page. "ttc outage end ${id}" ends it or calls it off.`)
  }),
})

const listCommand = defineCommand({
  meta: { name: 'list', description: 'Lists outages: under way, planned, and over.' },
  args: { json },
  run: ({ args }) => withRuntime('command', async ({ workplace, profile }) => {
    const reading = workplace.reading()
    const listed = await listOutages(reading, listedPast)
    if (args.json) {
      printJson(listed)
      return
    }
    const line = (state: string, outage: OutageView): boolean =>
      print(`${outage.id}\t${state}\t${outage.kind}\t${outageWords(outage, profile.timeZone, reading.now)}\t${outage.what}`)
    for (const outage of listed.current) line('now', outage)
    for (const outage of listed.planned) line('planned', outage)
    for (const outage of listed.past) line('over', outage)
  }),
})

const endCommand = defineCommand({
  meta: { name: 'end', description: 'Ends an outage that is under way; calls off one that has not begun.' },
  args: { id: { type: 'positional', required: true, description: 'Its number, as "ttc outage list" has it' }, json },
  run: ({ args }) => withRuntime('command', async ({ workplace }) => {
    const id = /^\d{1,9}$/.test(args.id) ? Number(args.id) : 0
    const outcome = await workplace.inOneTransaction((work) => endOutage(work, id))
    if (outcome === 'none') process.exitCode = 1
    if (args.json) printJson({ id, outcome })
    else print({
      ended: `Outage ${id} is over.`,
      calledOff: `Outage ${id} is called off.`,
      none: `There is no announced outage ${args.id} that is under way or to come.`,
    }[outcome])
  }),
})

/** `ttc outage add|list|end`: announces outages, lists the log, ends them (I6). */
export const outageCommand = defineCommand({
  meta: { name: 'outage', description: 'Announces, lists and ends outages.' },
  subCommands: { add: addCommand, list: listCommand, end: endCommand },
})
