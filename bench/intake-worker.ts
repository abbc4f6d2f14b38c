// One day of entries in a process of its own, so that the most it ever held can be read: fork(intake-worker.ts, [file, entries, cases, round]).
import Sqlite from 'better-sqlite3'
import { openWorkplace } from './our-evening.ts'
import { peakMemory } from './peak-memory.ts'
import { namedIn, takeDay } from './take-day.ts'

/** `beforeBytes`: with the code loaded and no entry taken. */
export interface IntakeAnswer {
  readonly kind: 'taken'
  readonly beforeBytes: number
  readonly peakBytes: number
}

const [file = '', entries = '', cases = '', round = ''] = process.argv.slice(2)
const size = { entries: Number(entries), cases: Number(cases) }
const raw = new Sqlite(file, { readonly: true })
raw.pragma('cache_size = -1024')
const workplace = openWorkplace(`file:${file}`)
const beforeBytes = process.memoryUsage().rss
// Read as they are needed: what the bench itself holds would grow with the entries, and what V8 leaves lying with that.
await takeDay(workplace, { entries: size.entries, nameCases: namedIn(raw, size), round })
await workplace.close()
raw.close()
const taken: IntakeAnswer = { kind: 'taken', beforeBytes, peakBytes: peakMemory() }
process.send?.(taken)
