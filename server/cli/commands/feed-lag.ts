import { defineCommand } from 'citty'
import { eveningWaitsWords } from '../../contract/evening-wording.ts'
import { agoWords } from '../../contract/ago-words.ts'
import { boundedWords } from '../../contract/operator-view.ts'
import { readFeedLag } from '../../domain/operator/read-feed-lag.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

/** `ttc feed-lag`: how far behind the feed and the evening are; exit code 1 while an evening is overdue (I5). */
export const feedLagCommand = defineCommand({
  meta: { name: 'feed-lag', description: 'Says when the last record came and whether an evening is overdue.' },
  args: { json: { type: 'boolean', default: false, description: 'Answer as JSON' } },
  run: ({ args }) => withRuntime('command', async ({ workplace, profile, env }) => {
    const reading = workplace.reading()
    const feed = await readFeedLag(reading, profile, env.eveningGraceMinutes)
    const { lastTakenAt, untaken, lastEvening, dueEvening, waitingEvening, historyImports } = feed
    if (dueEvening?.isLate === true) process.exitCode = 1
    if (args.json) {
      printJson(feed)
      return
    }
    const when = (instant: Date): string => `${instant.toISOString()}, ${agoWords(instant, reading.now)}`
    print(`Last new or changed record: ${lastTakenAt === null ? 'none so far' : when(lastTakenAt)}`)
    print(`Changes that wait for the evening: ${boundedWords(untaken)}`)
    print(`Last evening held: ${lastEvening === null ? 'none so far' : `${lastEvening.day}, begun ${when(lastEvening.startedAt)}`}`)
    print(`Evening due: ${dueEvening === null ? 'none' : `${dueEvening.day}, due ${when(dueEvening.dueAt)}${dueEvening.isLate ? ', overdue' : ''}`}`)
    if (waitingEvening !== null) print(eveningWaitsWords(waitingEvening))
    for (const { importedAt, way, accepted, changes } of historyImports) {
      print(`History imported: ${importedAt.toISOString()}\t${way}\t${accepted} records\t${changes} changes`)
    }
  }),
})
