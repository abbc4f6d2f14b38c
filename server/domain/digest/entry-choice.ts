import type { EntryChoice } from '../../contract/vocabulary.ts'
import { explainDocketCode } from '../../profile/look-up.ts'
import type { CourtProfile } from '../../profile/schema.ts'

export interface ClassedEntry {
  readonly code: string | null
  readonly description: string
}

// How courts begin the description of what decides or sets a date, where they give it no code that the profile knows.
const evidentWords = /^\W*(amended |consent |default |final |bench |search |arrest )?(orders?|judge?ments?|warrants?|hearings?|trial|verdict|sentence)\b/i

/** Whether a subscription with this choice is told of an entry, by what the profile says of its code; of one without entry, as a case opened again, always. */
export function isChosen(profile: Pick<CourtProfile, 'docketCodes'>, choice: EntryChoice, entry: ClassedEntry | null): boolean {
  if (choice === 'all' || entry === null) return true
  const known = entry.code === null ? undefined : explainDocketCode(profile, entry.code)
  if (choice === 'withoutRoutine') return known?.weight !== 'routine'
  return known ? known.weight === 'decision' : evidentWords.test(entry.description)
}
