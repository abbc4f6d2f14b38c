import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { formatInstant } from '../../../server/contract/court-time.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { getCaller, orNotFound } from '../../_trpc/caller.ts'
import { readFrame } from '../../_ui/frame.ts'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { EmailMessage } from './email-message.tsx'
import { TextMessage } from './text-message.tsx'

export const metadata: Metadata = { title: 'Message', robots: { index: false, follow: false } }

/** One message of the local mailbox: an e-mail with all its parts, a text as a phone shows it. */
export default answerPage(async function MessagePage({ params }: { params: Promise<{ id: string }> }) {
  const { isMailboxOpen, timeZone } = await readFrame()
  const { id } = await params
  if (!isMailboxOpen || !/^\d{1,15}$/.test(id)) notFound()
  const message = await orNotFound((await getCaller()).mailbox.byId({ id: Number(id) }))
  return (
    <PageMain>
      <p className="mb-2 text-nav"><a className="inline-flex min-h-11 items-center" href="/mailbox">Back to the mailbox</a></p>
      <PageTitle><span className="wrap-anywhere">{message.channel === 'text' ? `Text to ${message.to}` : message.subject}</span></PageTitle>
      <dl className="mb-6 grid grid-cols-[5.25rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-nav">
        <dt className="text-ink3">From</dt><dd className="wrap-anywhere">{message.from}</dd>
        <dt className="text-ink3">To</dt><dd className="wrap-anywhere">{message.to}</dd>
        <dt className="text-ink3">Arrived</dt><dd className="tabular-nums">{formatInstant(message.arrivedAt, timeZone)}</dd>
      </dl>
      {message.channel === 'text' ? <TextMessage text={message} /> : <EmailMessage mail={message} />}
    </PageMain>
  )
})
