import type { EntryStatus, FieldChange, ToldField } from '../../contract/vocabulary.ts'

/** What a notice tells of an entry (F4). */
export interface ToldEntry {
  readonly filedOn: string
  readonly filedAt: Date | null
  readonly code: string | null
  readonly description: string
  readonly text: string
  readonly status: EntryStatus
}

const filed = ({ filedOn, filedAt }: ToldEntry): string => filedAt?.toISOString() ?? filedOn

/** The told fields in which an entry differs from what was known of it: an instant as ISO text in UTC, a day, or text. */
export function toldDifferences(known: ToldEntry, told: ToldEntry): FieldChange<ToldField>[] {
  const pairs: readonly (readonly [ToldField, string, string])[] = [
    ['filedAt', filed(known), filed(told)],
    ['code', known.code ?? '', told.code ?? ''],
    ['description', known.description, told.description],
    ['text', known.text, told.text],
    ['status', known.status, told.status],
  ]
  return pairs.filter(([, from, to]) => from !== to).map(([field, from, to]) => ({ field, from, to }))
}
