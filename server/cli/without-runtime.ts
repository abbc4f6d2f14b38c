import { withoutValues } from '../adapters/pino-log.ts'

/** Runs a command that may not open the database as the service does; what goes wrong is said on standard error, and the exit code is 1. */
export async function withoutRuntime(todo: () => Promise<void>): Promise<void> {
  try {
    await todo()
  } catch (error) {
    process.exitCode = 1
    process.stderr.write(`${withoutValues(error instanceof Error ? error.message : String(error))}\n`)
  }
}
