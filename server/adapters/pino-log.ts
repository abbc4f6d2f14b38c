import { pino } from 'pino'
import type { Log } from '../ports.ts'

/** One JSON line a fact on standard error. Of an error it says name, message and stack, and nothing that it carries. */
export function pinoLog(process: string): Log {
  const logger = pino({ base: { process }, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: false }))
  return {
    info: (fact, details) => logger.info({ ...details }, fact),
    error: (fact, error, details) => logger.error({ ...details, ...describe(error) }, fact),
  }
}

function describe(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error }
  // Drizzle repeats a failed query's parameters in its message: those may be addresses.
  const message = error.message.split('\nparams:')[0] ?? ''
  const cause = error.cause instanceof Error ? { cause: error.cause.message } : {}
  return { error: error.name, message: message.replace(/\S+@\S+/g, '…@…'), stack: stackOf(error), ...cause }
}

const stackOf = (error: Error): string =>
  (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at ')).join('\n')
