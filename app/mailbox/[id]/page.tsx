import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { formatInstant } from '../../../server/contract/court-time.ts'
import { getCaller, orNotFound } from '../../_trpc/caller.ts'
import { readFrame } from '../../_ui/frame.ts'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle, SectionTitle } from '../../_ui/page-title.tsx'
import { LinkedText } from './linked-text.tsx'

export const metadata: Metadata = { title: 'Message', robots: { index: false, follow: false } }

// Templates open their links in a new window, as mail programs do; here the story should go on in this one.
const inThisWindow = (html: string): string => `<base target="_top">${html.replaceAll(' target="_blank"', '')}`

/** One message of the local mailbox: as a mail program shows it, as plain text, and its headers. */
export default async function MailPage({ params }: { params: Promise<{ id: string }> }) {
  const { isMailboxOpen, timeZone } = await readFrame()
  const { id } = await params
  if (!isMailboxOpen || !/^\d{1,15}$/.test(id)) notFound()
  const mail = await orNotFound((await getCaller()).mailbox.byId({ id: Number(id) }))
  const headers = Object.entries(mail.headers)
  return (
    <PageMain>
      <p className="mb-2 text-nav"><a className="inline-flex min-h-11 items-center" href="/mailbox">Back to the mailbox</a></p>
      <PageTitle><span className="wrap-anywhere">{mail.subject}</span></PageTitle>
      <dl className="mb-6 grid grid-cols-[5.25rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-nav">
        <dt className="text-ink3">From</dt><dd className="wrap-anywhere">{mail.from}</dd>
        <dt className="text-ink3">To</dt><dd className="wrap-anywhere">{mail.to}</dd>
        <dt className="text-ink3">Arrived</dt><dd className="tabular-nums">{formatInstant(mail.arrivedAt, timeZone)}</dd>
      </dl>
      <iframe
        title="The message as a mail program shows it" srcDoc={inThisWindow(mail.html)}
        sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
        className="mb-8 block h-[75vh] min-h-96 w-full border border-rule bg-white"
      />
      <section aria-labelledby="text" className="mb-8">
        <SectionTitle id="text">As plain text</SectionTitle>
        <pre className="overflow-x-auto border border-rule bg-sheet p-4.5 text-nav whitespace-pre-wrap wrap-anywhere"><LinkedText>{mail.text}</LinkedText></pre>
      </section>
      <details>
        <summary className="min-h-11 py-2 font-semibold">Headers</summary>
        <dl className="mt-2 space-y-2 font-mono text-fine">
          {headers.map(([name, value]) => (
            <div key={name}><dt className="inline font-semibold">{name}: </dt><dd className="inline wrap-anywhere">{value}</dd></div>
          ))}
        </dl>
      </details>
    </PageMain>
  )
}
