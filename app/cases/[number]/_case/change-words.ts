import { formatDay, formatInstant } from '../../../../server/contract/court-time.ts'
import type { FieldChange, ToldField } from '../../../../server/contract/vocabulary.ts'

const labels = { filedAt: 'Filing date', code: 'Code', description: 'Title', text: 'Text' } as const

/** What a correction changed, in words: `{ label: 'Text was', was: '…' }`. `was` is null where there is nothing to quote. */
export function changeWords({ field, from }: FieldChange<ToldField>, timeZone: string): { label: string; was: string | null } {
  if (field === 'status') return { label: from === 'voided' ? 'It had been voided, and stands again' : 'It was voided', was: null }
  if (from === '') return { label: `${labels[field]} was added`, was: null }
  return { label: `${labels[field]} was`, was: field === 'filedAt' ? dateWords(from, timeZone) : from }
}

function dateWords(recorded: string, timeZone: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(recorded)) return formatDay(recorded)
  const instant = new Date(recorded)
  return Number.isNaN(instant.getTime()) ? recorded : formatInstant(instant, timeZone)
}
