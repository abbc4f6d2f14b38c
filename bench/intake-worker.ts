// One day of entries in a process of its own, so that the most it ever held can be read: fork(intake-worker.ts, [file, entries, cases, round]).
import Sqlite from 'better-sqlite3'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openWorkplace } from './our-evening.ts'
import { peakMemory } from './peak-memory.ts'
import { nameCases, takeDay } from './take-day.ts'

/** `beforeBytes`: with the code loaded and the cases named, and no database open. */
export interface IntakeAnswer {
  readonly kind: 'taken'
  readonly beforeBytes: number
  readonly peakBytes: number
}

const [file = '', entries = '', cases = '', round = ''] = process.argv.slice(2)
const raw = new Sqlite(file, { readonly: true })
const named = nameCases(raw, { entries: Number(entries), cases: Number(cases) })
raw.close()
// What naming them left behind would make room for what is measured.
setFlagsFromString('--expose-gc')
runInNewContext('gc()')
const beforeBytes = process.memoryUsage().rss
const workplace = openWorkplace(`file:${file}`)
await takeDay(workplace, named, round)
await workplace.close()
const taken: IntakeAnswer = { kind: 'taken', beforeBytes, peakBytes: peakMemory() }
process.send?.(taken)
