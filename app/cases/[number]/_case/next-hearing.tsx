import { inDays, longDay, shortDay } from '../../../_ui/day-words.ts'
import { dayOf, formatTime } from '../../../../server/contract/court-time.ts'
import type { EventView } from '../../../../server/contract/views.ts'

/** The navy band: when and where the next event is, by the clock of the court. */
export function NextHearing({ event, now, timeZone, calendar }: { event: EventView; now: Date; timeZone: string; calendar: string }) {
  const day = dayOf(event.startsAt, timeZone)
  const where = [event.kind, event.place, event.judge].filter((part) => part !== null).join(', ')
  return (
    <section
      aria-labelledby="next-hearing"
      className="mb-7 grid items-center gap-x-6 gap-y-3 rounded-sm bg-navy p-4.5 text-white sm:px-6 md:grid-cols-[auto_minmax(0,1fr)] print:border print:border-ink print:text-ink"
    >
      <div className="border-white/35 max-md:border-b max-md:pb-3 md:border-r md:pr-6">
        <h2 id="next-hearing" className="text-fine font-semibold text-navy-soft">Next hearing</h2>
        <p aria-hidden="true" className="font-serif text-[2.1rem] leading-tight font-semibold tabular-nums">{shortDay(day)}</p>
      </div>
      <div className="min-w-0">
        <p className="font-semibold">
          <time dateTime={event.startsAt.toISOString()}>{longDay(day)} at {formatTime(event.startsAt, timeZone)}</time>, {inDays(dayOf(now, timeZone), day)}
        </p>
        <p className="text-navy-soft wrap-anywhere">{where}</p>
        <p className="print:hidden"><a href={calendar} className="inline-flex min-h-11 items-center text-white underline">Add to calendar</a></p>
      </div>
    </section>
  )
}
