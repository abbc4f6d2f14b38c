import { outages } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import { momentWords } from '../../contract/hours-wording.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import { businessDaysAhead } from '../hours/business-days.ts'

export interface Announcement {
  readonly startsAt: Date
  /** Null: its end is not known yet. */
  readonly endsAt: Date | null
  /** One plain sentence. */
  readonly what: string
  readonly isPlanned: boolean
}

const noticeDays = 3
const longestWords = 500

/**
 * Announces an outage (I6); answers its number. Refuses with a sentence (`inputInvalid`): a planned one that begins sooner
 * than three business days ahead or whose end is not known, one that is over or ends before it begins, and words that are none.
 */
export async function announceOutage(work: Work, profile: CourtProfile, { startsAt, endsAt, what, isPlanned }: Announcement): Promise<number> {
  const { tx, now } = work
  const words = displayText(what).replace(/\s+/g, ' ').trim()
  if (words === '') throw wrong('what', 'Say in one sentence what will not work, or what for.')
  if (words.length > longestWords) throw wrong('what', `Say it in ${longestWords} characters or fewer.`)
  if (endsAt !== null && endsAt <= startsAt) throw wrong('endsAt', 'An outage ends after it begins.')
  if (endsAt !== null && endsAt <= now) throw wrong('endsAt', 'This outage is over already.')
  if (isPlanned && endsAt === null) throw wrong('endsAt', 'Say when a planned outage ends.')
  const earliest = businessDaysAhead(noticeDays, now, profile)
  if (isPlanned && startsAt < earliest) {
    throw wrong('startsAt', 'A planned outage is announced at least three business days ahead: '
      + `one that is announced now begins on ${momentWords(earliest, profile.timeZone)}, or later. What cannot wait is unplanned.`)
  }
  const [row] = await tx.insert(outages).values({
    kind: isPlanned ? 'planned' : 'unplanned', startsAt, endsAt, what: words, announcedAt: now, factKey: null,
  }).returning({ id: outages.id })
  if (!row) throw new Error('An outage could not be stored.')
  return row.id
}

const wrong = (field: keyof Announcement, sentence: string): Refusal => new Refusal('inputInvalid', sentence, { [field]: sentence })
