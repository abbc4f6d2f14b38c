import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { answerPage } from '../../../_pages/answer-page.tsx'
import { getCaller, orNotFound } from '../../../_trpc/caller.ts'
import { requireAccount } from '../../../_trpc/require-account.ts'
import { readFrame } from '../../../_ui/frame.ts'
import { Ledger, LedgerLine } from '../../../_ui/ledger.tsx'
import { PageMain } from '../../../_ui/page-main.tsx'
import { PageTitle, SectionTitle } from '../../../_ui/page-title.tsx'
import { Sheet } from '../../../_ui/sheet.tsx'
import { dayOf, formatDay, formatInstant, formatTime } from '../../../../server/contract/court-time.ts'
import { fullStop } from '../../../../server/contract/full-stop.ts'
import type { WhyAnswer } from '../../../../server/contract/sent-view.ts'
import { allSent, BackLinks, myCases } from '../../_sent/back-links.tsx'
import { SentTable } from '../../_sent/sent-table.tsx'

export const metadata: Metadata = { title: 'Why did I not get a notice?', robots: { index: false, follow: false } }

/** G8. */
export default answerPage(async function WhyPage({ params }: { params: Promise<{ subscriptionId: string }> }) {
  const { subscriptionId: id } = await params
  if (!/^[1-9]\d{0,14}$/.test(id)) notFound()
  await requireAccount(`/my-cases/why/${id}`)
  const [{ now, timeZone, sender }, why] = await Promise.all([readFrame(), orNotFound((await getCaller()).myCases.sent.why({ id: Number(id) }))])
  return (
    <PageMain>
      <BackLinks links={[myCases, allSent]} />
      <PageTitle lead={<><a className="tabular-nums" href={why.caseAddress}>{why.caseNumber}</a>, <span className="wrap-anywhere">{why.caption}</span></>}>
        Why did I not get a notice?
      </PageTitle>
      <Sheet className="max-w-3xl">
        <p>{why.emailSince === null ? 'E-mail of this case was never confirmed.' : `${fullStop(`E-mail of this case is owed since ${formatInstant(why.emailSince, timeZone)}`)} What arrived before is not told.`}</p>
        {why.now.length === 0 ? (
          <p className="mt-2">Nothing keeps notices from coming. If one is missing in your mailbox, look in spam, and add {sender.email} to your contacts.</p>
        ) : (
          <ul className="mt-2 space-y-2">
            {why.now.map((one) => <li key={one.said}><strong className="font-semibold">{one.said}</strong> {one.todo}</li>)}
          </ul>
        )}
      </Sheet>
      <section className="mt-9 max-w-4xl">
        <SectionTitle>What changed in the last 90 days</SectionTitle>
        {why.changes.length === 0 ? <p>Nothing changed in this case in the last 90 days, so there was nothing to tell.</p> : (
          <Ledger>
            {why.changes.map((change) => (
              <LedgerLine key={change.id} day={dayOf(change.arrivedAt, timeZone)} time={formatTime(change.arrivedAt, timeZone)} instant={change.arrivedAt}>
                <h3 className="font-semibold wrap-anywhere">{change.what}</h3>
                <p className="text-nav text-ink2">
                  {fullStop(`Arrived ${formatInstant(change.arrivedAt, timeZone)}`)} {change.eveningOn === null ? 'No evening has taken it.' : `Taken by the evening of ${formatDay(change.eveningOn)}.`}
                </p>
                <Answer label="E-mail" answer={change.email} />
                {change.text === null ? null : <Answer label="Text" answer={change.text} />}
              </LedgerLine>
            ))}
          </Ledger>
        )}
        {why.hasMore ? <p className="mt-3">More changed than is listed here. <a href={why.caseAddress}>The case page</a> has all of it.</p> : null}
      </section>
      <section className="mt-9">
        <SectionTitle>What was sent for this case</SectionTitle>
        {why.sent.length === 0 ? <p>Nothing was sent for this case in the last 90 days.</p> : <SentTable lines={why.sent} now={now} timeZone={timeZone} isOfMany={false} />}
      </section>
    </PageMain>
  )
})

function Answer({ label, answer }: { label: string; answer: WhyAnswer }) {
  return (
    <p className="mt-1.5 max-w-measure">
      <span className="font-semibold">{label}: </span>{answer.said} {answer.todo}
      {answer.sentId === null ? null : <> <a className="inline-block py-2.5 md:py-0" href={`/my-cases/sent/${answer.sentId}`}>See the message</a></>}
    </p>
  )
}
