import { createHash } from 'node:crypto'

/**
 * Ids of entries whose court gives none as such. PACER's sequence number is the same in a court's RSS feed and in a docket
 * report, so that an entry read from both is one entry.
 */
export const sequenceId = (sequence: string): string => `seq-${sequence}`

/** An id made from what the entry says: the same words on the same day, the same id. */
export const hashedId = (kind: string, ...said: readonly string[]): string =>
  `${kind}-${createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 20)}`
