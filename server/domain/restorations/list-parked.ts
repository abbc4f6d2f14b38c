import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { MessageKind } from '../../contract/vocabulary.ts'
import type { Reading } from '../../work.ts'
import { isInTrouble } from '../operator/is-in-trouble.ts'
import { parkedByRestoration } from './why-unclear.ts'

export interface ParkedChoice {
  /** Default: any. */
  readonly kind?: MessageKind
  readonly after: number
  readonly limit: number
}

/** Messages that a restoration parked, from the oldest on, a slice at a time. */
export async function listParkedByRestoration({ tx }: Reading, { kind, after, limit }: ParkedChoice): Promise<number[]> {
  const rows = await tx.select({ id: messages.id }).from(messages).where(and(
    isInTrouble('parked'), gt(messages.id, after), inArray(messages.reason, Object.values(parkedByRestoration)), kind && eq(messages.kind, kind),
  )).orderBy(asc(messages.id)).limit(limit)
  return rows.map(({ id }) => id)
}
