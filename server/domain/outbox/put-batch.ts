import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { given, prepareOnce } from '../../../db/prepare-once.ts'
import { outboxBatches } from '../../../db/schema.ts'
import type { Tx } from '../../../db/tx.ts'
import type { Work } from '../../work.ts'
import type { LeasedMessage } from './leased-batch.ts'

type Members = readonly Pick<LeasedMessage, 'identity'>[]

/** When a batch was first tried that was not tried yet. */
export const notTriedYet = new Date(0)

const insertBatch = prepareOnce((tx: Tx, _: null) =>
  tx.insert(outboxBatches).values({ providerKey: '', firstTriedAt: given('firstTriedAt', outboxBatches.firstTriedAt) }).returning({ id: outboxBatches.id }).prepare())
const nameBatch = prepareOnce((tx: Tx, _: null) =>
  tx.update(outboxBatches).set({ providerKey: given('providerKey', outboxBatches.providerKey) }).where(eq(outboxBatches.id, given('id', outboxBatches.id))).prepare())

/**
 * Remembers, before the first try, which messages share a provider request, in this order, and its key (rule 5).
 * `firstTriedAt`: now, or `notTriedYet`.
 */
export async function putBatch(
  { tx }: Work, members: Members, firstTriedAt: Date,
): Promise<{ readonly batchId: number; readonly providerKey: string }> {
  const [batch] = await insertBatch(tx, null).execute({ firstTriedAt })
  if (!batch) throw new Error('A batch was not written.')
  const providerKey = keyOf(batch.id, members)
  await nameBatch(tx, null).execute({ providerKey, id: batch.id })
  return { batchId: batch.id, providerKey }
}

/**
 * The key names the row and, by a hash, the very messages: a restored database, or another one, that gives the same
 * number to other messages does not use the same key.
 */
function keyOf(batchId: number, members: Members): string {
  const hash = createHash('sha256')
  for (const { identity } of members) hash.update(identity).update('\n')
  return `batch-${batchId}-${hash.digest('base64url').slice(0, 22)}`
}
