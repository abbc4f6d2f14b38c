// One evening in a process of its own, so that the most it ever held can be read at its end: fork(memory-worker.ts, [file, provider]).
import { deliverOurs, openWorkplace, planOurEvening } from './our-evening.ts'
import { peakMemory } from './peak-memory.ts'

export interface HeldMemory {
  readonly mails: number
  /** What the process held before it opened the database, with all its code loaded, and the most that it held at any moment. */
  readonly beforeBytes: number
  readonly peakBytes: number
}

const [file = '', providerUrl = ''] = process.argv.slice(2)
const beforeBytes = process.memoryUsage().rss
const workplace = openWorkplace(`file:${file}`)
await planOurEvening(workplace)
const mails = await deliverOurs(workplace, providerUrl)
await workplace.close()
const held: HeldMemory = { mails, beforeBytes, peakBytes: peakMemory() }
process.send?.(held)
process.disconnect()
