import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { EngineDatabases } from './engine-databases.ts'
import type { WorkerAnswer, WorkerOrder } from './engine-worker.ts'
import { grouped, median, spreadOf, type Figure } from './figures.ts'
import { checkExactly } from './measure-evenings.ts'
import type { Provider } from './start-provider.ts'

const teams = [1, 2, 4] as const

interface Worker {
  readonly process: ChildProcess
  tell(order: WorkerOrder): Promise<WorkerAnswer>
}

function startWorker(): Worker {
  const child = fork(fileURLToPath(new URL('./engine-worker.ts', import.meta.url)))
  return {
    process: child,
    async tell(order) {
      const answered = Promise.race([
        once(child, 'message'),
        once(child, 'exit').then(([code]) => {
          throw new Error(`A worker of the bench ended with ${String(code)}.`)
        }),
      ])
      child.send(order)
      // Only engine-worker.ts speaks here.
      const [answer] = await answered as [WorkerAnswer]
      return answer
    },
  }
}

async function end({ process: child }: Worker): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.disconnect()
  await ended
}

async function plan(databaseUrl: string): Promise<{ ms: number; notices: number }> {
  const worker = startWorker()
  const answer = await worker.tell({ kind: 'plan', databaseUrl })
  await end(worker)
  if (answer.kind !== 'done') throw new Error('The evening was not planned.')
  return answer
}

/** Milliseconds until the last of so many processes found nothing more to send. */
async function deliver(databaseUrl: string, providerUrl: string, size: number): Promise<number> {
  const workers = Array.from({ length: size }, startWorker)
  await Promise.all(workers.map((worker) => worker.tell({ kind: 'prepare', databaseUrl, providerUrl })))
  const began = performance.now()
  await Promise.all(workers.map((worker) => worker.tell({ kind: 'go' })))
  const ms = performance.now() - began
  await Promise.all(workers.map(end))
  return ms
}

/**
 * Plans and delivers the same evening on each engine, by 1, 2 and 4 processes, in turn and each time on a fresh copy; the
 * first round is not counted. After every delivery the provider's list must be exactly the right one, or this throws.
 */
export async function measureEngines(
  { engines, owed, provider, rounds, say }: {
    engines: readonly EngineDatabases[]; owed: readonly string[]; provider: Provider; rounds: number; say: (line: string) => void
  },
): Promise<Figure[]> {
  const planned = new Map<EngineDatabases, number[]>()
  const delivered = new Map<EngineDatabases, Map<number, number[]>>()
  for (let round = 0; round <= rounds; round++) {
    for (const engine of round % 2 === 0 ? engines : engines.toReversed()) {
      const evening = await engine.copyOf('evening')
      const { ms, notices } = await plan(evening.url)
      if (notices !== owed.length) throw new Error(`Planned ${notices} notices instead of ${owed.length}.`)
      if (round === 0) await engine.keepAsPlanned(evening.url)
      else planned.set(engine, [...planned.get(engine) ?? [], ms])
      await evening.drop()
      for (const size of teams) {
        const copy = await engine.copyOf('planned')
        provider.forget(false)
        const deliveredMs = await deliver(copy.url, provider.url, size)
        checkExactly(owed, await provider.received())
        await copy.drop()
        const ofEngine = delivered.get(engine) ?? new Map<number, number[]>()
        delivered.set(engine, ofEngine)
        if (round > 0) ofEngine.set(size, [...ofEngine.get(size) ?? [], deliveredMs])
        if (round > 0) say(`  ${engine.name}, round ${round} of ${rounds}: planned in ${ms.toFixed(0)} ms, delivered by ${size} in ${deliveredMs.toFixed(0)} ms`)
      }
    }
  }
  return engines.flatMap((engine) => {
    const plans = planned.get(engine) ?? []
    const alone = delivered.get(engine)?.get(1) ?? []
    return [
      figureOf(engine, `planning ${grouped(owed.length)} notices`, plans, owed.length, 'the clock'),
      ...teams.map((size) => figureOf(
        engine, `delivering them with ${size} ${size === 1 ? 'worker' : 'workers'}`, delivered.get(engine)?.get(size) ?? [], owed.length,
        size === 1 ? 'the clock' : `one worker: ${(median(alone) / median(delivered.get(engine)?.get(size) ?? [])).toFixed(2)} × its rate`,
      )),
    ]
  })
}

const figureOf = (engine: EngineDatabases, what: string, ms: readonly number[], notices: number, reference: string): Figure => ({
  goal: engine.name,
  what,
  limit: '–',
  figure: `${median(ms).toFixed(0)} ms, ${grouped(notices / median(ms) * 1000)} a second`,
  reference,
  spread: spreadOf(ms, 0, 'rounds'),
  isMet: null,
})
