import type { docketChanges } from '../../../db/schema.ts'

/**
 * Whether a change says only that its entry or event was sealed (A9): a quiet one in which nothing differs. Of what came before it
 * nothing is told any more, be it public again.
 */
export const isSealing = ({ kind, isQuiet, fields }: Pick<typeof docketChanges.$inferSelect, 'kind' | 'isQuiet' | 'fields'>): boolean =>
  isQuiet && (kind === 'updated' || kind === 'rescheduled') && (fields ?? []).every(({ from, to }) => from === to)
