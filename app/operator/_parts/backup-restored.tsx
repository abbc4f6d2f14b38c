import { agoWords } from '../../../server/contract/ago-words.ts'
import type { UnclearedBackup } from '../../../server/contract/operator-view.ts'
import { whenWords } from '../../_ui/day-words.ts'

/** A restored backup that keeps notices and texts from leaving until an operator has looked after what left since it was made. */
export function BackupRestored({ backup: { backedUpAt, restoredAt }, now, timeZone }: { backup: UnclearedBackup; now: Date; timeZone: string }) {
  const when = (instant: Date): string => `${whenWords(instant, now, timeZone)} (${agoWords(instant, now)})`
  return (
    <section aria-labelledby="restored" className="mb-4.5 space-y-3 border-l-4 border-amber bg-amber-wash px-4.5 py-3.5">
      <h3 id="restored" className="font-semibold">A backup was restored, and notices do not leave</h3>
      <p className="max-w-measure">
        The database was put back {when(restoredAt)} as it stood {when(backedUpAt)}. What may have left between the two is parked, and so is every
        notice and text that is owed from then on.
      </p>
      <p className="max-w-measure">
        Look through what is parked with <code>ttc outbox --state parked</code>: drop what had left with <code>ttc drop</code>, send what had not with <code>ttc retry</code>.
        Then <code>ttc restored --clear</code> lets notices and texts leave again.
      </p>
    </section>
  )
}
