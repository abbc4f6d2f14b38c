import { defineCommand } from 'citty'
import { deliverUntilStopped } from '../../delivery/deliver-until-stopped.ts'
import { holdEveningsUntilStopped } from '../../evening/hold-evenings-until-stopped.ts'
import { withRuntime } from '../with-runtime.ts'

/** `ttc worker`: delivers until told to stop, and holds the evenings where EVENING_SCHEDULE is on. */
export const workerCommand = defineCommand({
  meta: { name: 'worker', description: 'Delivers until stopped.' },
  run: () => withRuntime('worker', async (runtime) => {
    const stopped = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort())
    process.on('disconnect', () => stopped.abort())
    await Promise.all([
      deliverUntilStopped(runtime.delivery, stopped.signal),
      ...(runtime.env.isEveningScheduled ? [holdEveningsUntilStopped(runtime, stopped.signal)] : []),
    ])
  }),
})
