import { Refusal } from '../contract/refusals.ts'

/** The code with which something is refused. */
export async function refusalOf(failing: Promise<unknown>): Promise<string> {
  const error: unknown = await failing.then(() => undefined, (reason: unknown) => reason)
  return error instanceof Refusal ? error.code : `not refused: ${String(error)}`
}
