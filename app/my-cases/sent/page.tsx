import type { Metadata } from 'next'
import { answerPage } from '../../_pages/answer-page.tsx'
import { getCaller } from '../../_trpc/caller.ts'
import { requireAccount } from '../../_trpc/require-account.ts'
import { readFrame } from '../../_ui/frame.ts'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { queryValue, withQuery, type Query } from '../../_ui/with-query.ts'
import { BackLinks, myCases } from '../_sent/back-links.tsx'
import { SentTable } from '../_sent/sent-table.tsx'

export const metadata: Metadata = { title: 'What we sent you', robots: { index: false, follow: false } }

const address = '/my-cases/sent'

/** G3. */
export default answerPage(async function SentPage({ searchParams }: { searchParams: Promise<Query> }) {
  const before = queryValue(await searchParams, 'before').slice(0, 40)
  const visitor = await requireAccount(withQuery(address, { before }))
  const [{ now, timeZone }, page] = await Promise.all([readFrame(), (await getCaller()).myCases.sent.list({ before })])
  const link = 'inline-flex min-h-11 items-center font-semibold'
  return (
    <PageMain>
      <BackLinks links={[myCases]} />
      <PageTitle lead={<>Everything of the last 90 days that went or is to go to <span className="wrap-anywhere">{visitor.emailAddress}</span> and to your phones, the newest first.</>}>
        What we sent you
      </PageTitle>
      <p className="mb-4"><a className="inline-flex min-h-11 items-center" href="/my-cases/why">Why did I not get a notice?</a></p>
      {page.lines.length === 0 ? <p>{before === '' ? 'Nothing was sent to you in the last 90 days.' : 'Nothing older was sent.'}</p> : (
        <SentTable lines={page.lines} now={now} timeZone={timeZone} isOfMany />
      )}
      {before === '' && page.older === null ? null : (
        <nav aria-label="Pages of messages" className="mt-6 flex flex-wrap gap-x-6 print:hidden">
          {before === '' ? null : <a className={link} href={address}>Newest messages</a>}
          {page.older === null ? null : <a className={link} href={withQuery(address, { before: page.older })} rel="next">Older messages</a>}
        </nav>
      )}
    </PageMain>
  )
})
