import { agoWords } from '../../../server/contract/ago-words.ts'
import type { WaitingEvening } from '../../../server/contract/operator-view.ts'
import { eveningWaitsWords } from '../../../server/contract/evening-wording.ts'
import { middleDay, whenWords } from '../../_ui/day-words.ts'
import { ActForm } from './act-form.tsx'

/** An evening that waits for an operator's yes (I7), and the button that says it. */
export function EveningWaits({ evening, now, timeZone }: { evening: WaitingEvening; now: Date; timeZone: string }) {
  return (
    <section aria-labelledby="waits" className="mb-4.5 space-y-3 border-l-4 border-amber bg-amber-wash px-4.5 py-3.5">
      <h3 id="waits" className="font-semibold">An evening waits for your yes</h3>
      <p className="max-w-measure">{eveningWaitsWords(evening)} It has waited since {whenWords(evening.heldAt, now, timeZone)} ({agoWords(evening.heldAt, now)}).</p>
      <p className="max-w-measure">
        What comes in meanwhile is kept and told with it. If a whole history was sent again by mistake, it cannot be taken back here: ask whoever sent it before you say yes.
      </p>
      <ActForm action="releaseEvening" id={evening.id} button="Yes, hold this evening" of={`of ${middleDay(evening.day)}`} />
    </section>
  )
}
