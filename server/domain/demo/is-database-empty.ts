import { cases, subscribers } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/** Whether nothing but the courts of the profile is here: only then may demonstration data come by itself. */
export async function isDatabaseEmpty({ tx }: Reading): Promise<boolean> {
  const [someCase] = await tx.select({ id: cases.id }).from(cases).limit(1)
  const [somebody] = await tx.select({ id: subscribers.id }).from(subscribers).limit(1)
  return !someCase && !somebody
}
