import { eq } from 'drizzle-orm'
import { historyImports } from '../../../db/schema.ts'
import type { FeedReport } from '../../contract/records.ts'
import type { Work } from '../../work.ts'

/** Records that an import of history begins, of which nobody is told (I7): it stands even where the import fails later. */
export async function recordHistoryImport({ tx, now }: Work, way: 'feed' | 'command'): Promise<number> {
  const [begun] = await tx.insert(historyImports).values({ importedAt: now, way, accepted: 0, changes: 0 }).returning({ id: historyImports.id })
  if (!begun) throw new Error('An import was not recorded.')
  return begun.id
}

/** What it brought, when it is done. */
export async function finishHistoryImport({ tx }: Work, id: number, { accepted, changes }: FeedReport): Promise<void> {
  await tx.update(historyImports).set({ accepted, changes: changes.added + changes.updated + changes.voided }).where(eq(historyImports.id, id))
}
