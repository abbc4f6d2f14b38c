import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { answerPage } from '../_pages/answer-page.tsx'
import { readAct } from '../_links/link-page.ts'
import { getCaller } from '../_trpc/caller.ts'
import { ErrorSummary } from '../_ui/error-summary.tsx'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { ResultMessage } from '../_ui/result-message.tsx'
import type { Query } from '../_ui/with-query.ts'
import { MessageLines } from './message-lines.tsx'
import { Story } from './story.tsx'

export const metadata: Metadata = { title: 'Mailbox', robots: { index: false, follow: false } }

/** Every message that left, newest first, where mail goes to the local mailbox; otherwise there is no such page. */
export default answerPage(async function MailboxPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { isMailboxOpen, timeZone } = await readFrame()
  if (!isMailboxOpen) notFound()
  const [mails, act] = await Promise.all([(await getCaller()).mailbox.list(), readAct(searchParams)])
  return (
    <PageMain>
      {act !== null && !act.isDone ? <ErrorSummary errors={[{ fieldId: 'story', message: act.message }]} /> : null}
      <PageTitle lead="On this machine nothing is really sent. What would leave arrives here.">Mailbox</PageTitle>
      {act?.isDone === true ? <ResultMessage heading="Done"><p>{act.message}</p></ResultMessage> : null}
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_23.25rem] lg:gap-14">
        <section aria-labelledby="mails">
          <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6">
            <h2 id="mails" className="font-serif text-section font-semibold">
              {mails.length === 0 ? 'No message yet' : mails.length === 1 ? '1 message' : `${mails.length} messages, newest first`}
            </h2>
            <a className="inline-flex min-h-11 items-center" href="/mailbox">Look again</a>
          </div>
          {mails.length === 0 ? null : <MessageLines mails={mails} timeZone={timeZone} />}
        </section>
        <Story />
      </div>
    </PageMain>
  )
})
