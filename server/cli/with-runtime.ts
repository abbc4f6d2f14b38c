import { withoutValues } from '../adapters/pino-log.ts'
import { Refusal } from '../contract/refusals.ts'
import { loadEnv } from '../env.ts'
import { buildRuntime, type Runtime } from '../runtime.ts'

/** Runs a command with a runtime of its own; what goes wrong is said on standard error, and the exit code is 1. */
export async function withRuntime(process_: 'command' | 'worker', todo: (runtime: Runtime) => Promise<void>): Promise<void> {
  let runtime: Runtime | undefined
  try {
    runtime = await buildRuntime(loadEnv(), process_)
    await todo(runtime)
  } catch (error) {
    process.exitCode = 1
    const isExpected = error instanceof Refusal || (error instanceof Error && !(error instanceof TypeError))
    process.stderr.write(`${withoutValues(isExpected ? error.message : String(error))}\n`)
  } finally {
    await runtime?.close()
  }
}

export const print = (line: string): boolean => process.stdout.write(`${line}\n`)
export const printJson = (value: unknown): boolean => print(JSON.stringify(value))
