import type { Channel } from '../contract/vocabulary.ts'
import { countDueMessages, findDueSoonMs } from '../domain/outbox/count-due.ts'
import { hasDueMessages } from '../domain/outbox/count-remaining.ts'
import { messagesPerJob, type JobHandlers } from '../ports.ts'
import type { Reading } from '../work.ts'
import { deliverOutbox, type DeliveryDeps } from './deliver-outbox.ts'
import { heldForMs } from './pace.ts'
import { troubleOf } from './trouble.ts'

// Counting more costs time, and as many jobs are enough until the next look.
const mostCounted = 100_000
// At most, as each is set by the database's (server/database-clock.ts).
const clocksDifferByMs = 2_000

/**
 * What delivery jobs do. A job names no message: whoever has one takes what is due and most urgent then, so that a job too
 * many does no harm, and a visitor's mail never waits behind notices.
 */
export function deliveryHandlers(deps: DeliveryDeps): Pick<JobHandlers, 'deliver' | 'promiseForgotten'> {
  const { workplace, profile, mailer, texter, log } = deps
  const ways = [{ channel: 'email', provider: mailer }, { channel: 'text', provider: texter }] as const

  async function logged<T>(todo: () => Promise<T>): Promise<T> {
    try {
      return await todo()
    } catch (error) {
      log.error('Delivery stumbled and goes on', rootOf(error))
      throw error
    }
  }

  /** How long each channel is to be left alone. */
  const quietForMs = (reading: Reading): Promise<number[]> => Promise.all(
    ways.map(async ({ provider }) => Math.max(await heldForMs(provider, reading), troubleOf(provider).quietForMs(reading.now))))

  return {
    deliver: (jobs, signal) => logged(async () => {
      const held = await quietForMs(workplace.reading())
      const open: Channel[] = []
      for (const [at, { channel }] of ways.entries()) {
        if (held[at] === 0 && await hasDueMessages(workplace.reading(), profile, [channel])) open.push(channel)
      }
      if (open.length > 0) await deliverOutbox(deps, { until: signal, mostMessages: jobs * messagesPerJob, channels: open })
      if (signal.aborted) return 0
      // Whoever made it wait may have a clock that is a little ahead of ours, and this job was for it.
      const again = [...(await quietForMs(workplace.reading())).filter((ms) => ms > 0), await findDueSoonMs(workplace.reading(), profile, clocksDifferByMs)]
        .filter((ms) => ms !== null)
      return again.length === 0 ? null : Math.min(...again)
    }),

    promiseForgotten: (countLiveJobs) => logged(async () => {
      // What is held back has jobs for when it may leave.
      const held = await quietForMs(workplace.reading())
      const open = ways.filter((_, at) => held[at] === 0).map(({ channel }) => channel)
      if (open.length === 0) return
      const countForgotten = async (reading: Reading): Promise<number> => {
        // In this order: what is being taken meanwhile is not counted as forgotten.
        const jobs = await countLiveJobs()
        return await countDueMessages(reading, profile, mostCounted, open) - jobs * messagesPerJob
      }
      if (await countForgotten(workplace.reading()) <= 0) return
      // Counted again as the only writer: of many workers one promises.
      const messages = await workplace.inOneTransaction(async (work) => {
        const forgotten = Math.max(0, await countForgotten(work))
        await work.promiseDelivery(forgotten, work.now)
        return forgotten
      })
      if (messages > 0) log.info('Messages that no job stood for were promised again', { messages })
    }),
  }
}

/** Of a failed query only what the database itself said: what a query builder wraps around it quotes values, addresses among them. */
function rootOf(error: unknown): unknown {
  let root = error
  while (root instanceof Error && root.cause instanceof Error) root = root.cause
  return root
}
