import { defineCommand } from 'citty'
import { serveMetrics } from '../../serve-metrics.ts'
import { giveWay } from '../give-way.ts'
import { withRuntime } from '../with-runtime.ts'

const letGoWithinMs = 10_000

/** `ttc worker`: delivers until told to stop, and holds the evenings where EVENING_SCHEDULE is on. */
export const workerCommand = defineCommand({
  meta: { name: 'worker', description: 'Delivers until stopped.' },
  run: () => withRuntime('worker', async (runtime) => {
    // Where both want the processor, whoever waits for a page comes first (P8).
    giveWay()
    const stopped = new AbortController()
    const stop = (): void => {
      stopped.abort()
      // Also where a database does not answer: what is left behind is found again (R18).
      setTimeout(() => process.exit(1), letGoWithinMs).unref()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, stop)
    const { workerMetricsPort } = runtime.env
    const metrics = workerMetricsPort === undefined ? undefined : serveMetrics(runtime, workerMetricsPort)
    await runtime.workUntilStopped(stopped.signal)
    metrics?.close()
    metrics?.closeAllConnections()
  }),
})
