import { answerMetadata, answerPage } from '../../../_pages/answer-page.tsx'
import { getCaller, orNotFound } from '../../../_trpc/caller.ts'
import { inDays, longDay } from '../../../_ui/day-words.ts'
import { readFrame } from '../../../_ui/frame.ts'
import { Ledger, LedgerLine } from '../../../_ui/ledger.tsx'
import { SectionTitle } from '../../../_ui/page-title.tsx'
import { Pill } from '../../../_ui/pill.tsx'
import { calendarAddress } from '../../../../server/contract/case-address.ts'
import { dayOf, formatTime } from '../../../../server/contract/court-time.ts'
import type { EventView, ScheduledEventView } from '../../../../server/contract/views.ts'
import { CaseFrame } from '../_case/case-frame.tsx'
import { CourtChoice } from '../_case/court-choice.tsx'
import { caseMetadata, type CasePageProps, readCase } from '../_case/read-case.ts'

export const generateMetadata = answerMetadata((props: CasePageProps) => caseMetadata(props, 'scheduled hearings and trials'))

export default answerPage(async function EventsPage(props: CasePageProps) {
  const answer = await readCase(props, 'events')
  if (answer.kind === 'choice') return <CourtChoice number={answer.number} cases={answer.cases} tab="events" />
  const { number, court, needsCourt } = answer.case
  const [{ now }, events] = await Promise.all([
    readFrame(),
    orNotFound((await getCaller()).cases.events({ number, court: court.code })),
  ])
  const byStart = events.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
  const ahead = byStart.filter((event) => endOf(event) >= now)
  const past = byStart.filter((event) => endOf(event) < now).reverse()
  const list = (shown: readonly ScheduledEventView[]) => (
    <Ledger>
      {shown.map((event) => (
        <EventLine key={event.id} event={event} now={now} timeZone={court.timeZone} calendar={calendarAddress(number, court.code, needsCourt, event.id)} />
      ))}
    </Ledger>
  )
  return (
    <CaseFrame shown={answer.case} open="events">
      <section aria-labelledby="ahead" className="max-w-3xl">
        <SectionTitle id="ahead">Scheduled hearings and trials</SectionTitle>
        {ahead.length === 0 ? <p>The court has scheduled nothing in this case that still lies ahead.</p> : list(ahead)}
      </section>
      {past.length === 0 ? null : (
        <section aria-labelledby="past" className="mt-10 max-w-3xl">
          <SectionTitle id="past">Past</SectionTitle>
          {list(past)}
        </section>
      )}
    </CaseFrame>
  )
})

const endOf = ({ startsAt, endsAt }: EventView): Date => endsAt ?? startsAt

function EventLine({ event, now, timeZone, calendar }: { event: ScheduledEventView; now: Date; timeZone: string; calendar: string }) {
  const day = dayOf(event.startsAt, timeZone)
  const isCancelled = event.status === 'cancelled'
  const times = [event.startsAt, ...(event.endsAt === null ? [] : [event.endsAt])].map((instant) => formatTime(instant, timeZone)).join(' to ')
  return (
    <LedgerLine day={day} instant={event.startsAt} time={formatTime(event.startsAt, timeZone)}>
      <h3 className="font-[650] wrap-anywhere">
        {isCancelled ? <s>{event.kind}</s> : event.kind}
        {isCancelled ? <> <Pill tone="red">Cancelled</Pill></> : event.movedFrom === null ? null : <> <Pill tone="amber">Moved</Pill></>}
      </h3>
      <p className="text-ink2">{longDay(day)}, {times}{isCancelled ? '' : `, ${inDays(dayOf(now, timeZone), day)}`}</p>
      {event.movedFrom === null ? null : <p className="text-ink2">Was {longDay(dayOf(event.movedFrom, timeZone))}, {formatTime(event.movedFrom, timeZone)}</p>}
      {event.place === null ? null : <p className="text-ink2 wrap-anywhere">{event.place}</p>}
      {event.judge === null ? null : <p className="text-ink2 wrap-anywhere">{event.judge}</p>}
      {isCancelled || endOf(event) < now ? null : (
        <p className="print:hidden">
          <a href={calendar} className="inline-flex min-h-11 items-center">
            Add to calendar<span className="sr-only">: {event.kind}, {longDay(day)}</span>
          </a>
        </p>
      )}
    </LedgerLine>
  )
}
