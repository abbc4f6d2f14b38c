import { formatDay } from '../../contract/court-time.ts'
import type { NoticeEntry, ToldFact } from '../outbox/message-content.ts'

const verbs: readonly (readonly [NoticeEntry['mark'], string])[] = [['New', 'added'], ['Corrected', 'corrected'], ['Voided', 'voided']]

/**
 * `While your notices were paused, 3 entries were added and 1 corrected, from November 20, 2026 to November 24, 2026.` (G4); nothing
 * where nothing was missed. The days are those on which the first and the last of it arrived.
 */
export function missedSentence(told: readonly ToldFact[]): string[] {
  const missed = told.filter((fact) => fact.mark === 'Missed')
  const days = missed.flatMap((fact) => fact.days).sort()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return []
  const counts = verbs.map(([mark, verb]) => ({ verb, count: missed.filter((fact) => fact.was === mark).length })).filter(({ count }) => count > 0)
  const parts = counts.map(({ count, verb }, nth) => (nth > 0 ? `${count} ${verb}` : `${count} ${count === 1 ? 'entry was' : 'entries were'} ${verb}`))
  const when = first === last ? `on ${formatDay(first)}` : `from ${formatDay(first)} to ${formatDay(last)}`
  return [`While your notices were paused, ${[parts.slice(0, -1).join(', '), parts.at(-1)].filter(Boolean).join(' and ')}, ${when}.`]
}
