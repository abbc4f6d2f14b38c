import type { EntryChangeKind } from '../../contract/vocabulary.ts'

/**
 * What became of one record. `accepted` was new or changed something; `change` is the docket change that it left, where
 * it left one. `caseUnknown` may yet be taken when its case comes later in the same body; nothing was written for it.
 */
export type Outcome =
  | { readonly kind: 'accepted'; readonly change: EntryChangeKind | null }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'caseUnknown'; readonly reason: string }

export const accepted: Outcome = { kind: 'accepted', change: null }
export const unchanged: Outcome = { kind: 'unchanged' }

/** A text of a record as a reason may show it: no control or direction characters (H3). */
export const shown = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '')
