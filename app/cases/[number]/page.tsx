import { answerMetadata, answerPage } from '../../_pages/answer-page.tsx'
import { getCaller } from '../../_trpc/caller.ts'
import { readVisitorSoon } from '../../_trpc/visitor.ts'
import { whenWords } from '../../_ui/day-words.ts'
import { readFrame } from '../../_ui/frame.ts'
import { Ledger } from '../../_ui/ledger.tsx'
import { SectionTitle } from '../../_ui/page-title.tsx'
import { calendarAddress, caseAddress } from '../../../server/contract/case-address.ts'
import { CaseFrame } from './_case/case-frame.tsx'
import { CourtChoice } from './_case/court-choice.tsx'
import { DocketLine } from './_case/docket-line.tsx'
import { NextHearing } from './_case/next-hearing.tsx'
import { caseMetadata, type CasePageProps, readCase } from './_case/read-case.ts'
import { hidesTrackBar, TrackBar, TrackPanel } from './_case/track-panel.tsx'

export const generateMetadata = answerMetadata((props: CasePageProps) => caseMetadata(props))

export default answerPage(async function CaseHeaderPage(props: CasePageProps) {
  const answer = await readCase(props)
  if (answer.kind === 'choice') return <CourtChoice number={answer.number} cases={answer.cases} />
  const { case: shown, newestEntries: entries } = answer
  const { number, court: { code, timeZone }, counts: { entries: total } } = shown
  const [{ now }, visitor] = await Promise.all([readFrame(), readVisitorSoon()])
  const mailWait = visitor === null ? null : await (await getCaller()).myCases.mailWait({ number, court: code })
  const docketAddress = caseAddress(number, code, shown.needsCourt, 'docket')
  return (
    <CaseFrame shown={shown} open="header">
      {shown.nextEvent === null ? null : (
        <NextHearing event={shown.nextEvent} now={now} timeZone={timeZone} calendar={calendarAddress(number, code, shown.needsCourt, shown.nextEvent.id)} />
      )}
      <div className="grid items-start gap-x-14 lg:grid-cols-[minmax(0,1fr)_23.25rem]">
        <section aria-labelledby="docket">
          <SectionTitle id="docket">Docket entries</SectionTitle>
          <p className="text-ink2">{docketWords(total, entries.length)}{lastActivityWords(shown.lastActivityAt, now, timeZone)}</p>
          {entries.length === 0 ? null : (
            <Ledger>{entries.map((entry) => <DocketLine key={entry.id} entry={entry} now={now} timeZone={timeZone} />)}</Ledger>
          )}
          {total > entries.length ? (
            <p className="mt-2 print:hidden">
              <a className="inline-flex min-h-11 items-center font-semibold" href={docketAddress}>
                See all {total.toLocaleString('en-US')} entries
              </a>
            </p>
          ) : null}
        </section>
        {shown.untrackable === null ? <TrackBar shown={shown} /> : null}
        <aside aria-labelledby="tracking" className={`lg:sticky lg:top-5 ${hidesTrackBar}`}>
          <TrackPanel shown={shown} visitor={visitor} mailWait={mailWait} />
        </aside>
      </div>
    </CaseFrame>
  )
})

function docketWords(total: number, shown: number): string {
  if (total === 0) return 'Nothing is entered in this case yet.'
  if (total > shown) return `The newest ${shown} of ${total.toLocaleString('en-US')} entries.`
  return total === 1 ? '1 entry.' : `${total} entries, newest first.`
}

const lastActivityWords = (at: Date | null, now: Date, timeZone: string): string =>
  at === null ? '' : ` Last activity: ${whenWords(at, now, timeZone)}`
