import { AsyncLocalStorage } from 'node:async_hooks'
import { pino } from 'pino'
import type { MarkedLog } from '../ports.ts'

type Marks = Readonly<Record<string, string>>

/** One JSON line a fact on standard error. Of an error it says name, message and stack, and nothing that it carries. */
export function pinoLog(process: string): MarkedLog {
  const around = new AsyncLocalStorage<Marks>()
  const logger = pino(
    { base: { process }, timestamp: pino.stdTimeFunctions.isoTime, mixin: () => ({ ...around.getStore() }) },
    pino.destination({ dest: 2, sync: false }),
  )
  return {
    info: (fact, details) => logger.info({ ...details }, fact),
    error: (fact, error, details) => logger.error({ ...details, ...describeError(error) }, fact),
    during: (marks, todo) => around.run({ ...around.getStore(), ...marks }, todo),
  }
}

/** What may be said of an error: its name, message and causes, without what a query was asked with, and where it was thrown (H5). */
export function describeError(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error }
  const causes: string[] = []
  for (let { cause } = error; cause instanceof Error; { cause } = cause) causes.push(withoutValues(cause.message))
  return { error: error.name, message: withoutValues(error.message), stack: stackOf(error), ...(causes.length === 0 ? {} : { cause: causes.join(' ← ') }) }
}

/** Drizzle repeats a failed query's parameters in its message: those may be addresses or docket text. What else looks private goes too. */
export const withoutValues = (message: string): string => (message.split('\nparams:')[0] ?? '')
  .replace(/\S+@\S+/g, '…@…').replace(/\b[0-9a-z]+-[0-9a-z]+-[\w-]{22,}/g, '…').replace(/\+\d{8,15}\b/g, '+…')

const stackOf = (error: Error): string =>
  (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at ')).join('\n')
