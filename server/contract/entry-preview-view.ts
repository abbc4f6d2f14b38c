import type { EntryChoice } from './vocabulary.ts'

/** What the last 90 days of a case would have sent under each choice of entries. */
export interface EntryPreviewView {
  readonly caseNumber: string
  /** The one that counts now. */
  readonly choice: EntryChoice
  readonly choices: readonly {
    readonly choice: EntryChoice
    readonly evenings: number
    readonly entries: number
    /** The newest first; no more than 50. */
    readonly list: readonly { readonly description: string; readonly filedOn: string }[]
  }[]
}
