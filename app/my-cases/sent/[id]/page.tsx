import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { answerPage } from '../../../_pages/answer-page.tsx'
import { getCaller, orNotFound } from '../../../_trpc/caller.ts'
import { requireAccount } from '../../../_trpc/require-account.ts'
import { readFrame } from '../../../_ui/frame.ts'
import { PageMain } from '../../../_ui/page-main.tsx'
import { PageTitle, SectionTitle } from '../../../_ui/page-title.tsx'
import { Sheet } from '../../../_ui/sheet.tsx'
import { formatInstant } from '../../../../server/contract/court-time.ts'
import { displayText } from '../../../../server/contract/display-text.ts'
import { allSent, BackLinks, myCases } from '../../_sent/back-links.tsx'
import { FatePill } from '../../_sent/fate-pill.tsx'

export const metadata: Metadata = { title: 'A message we sent you', robots: { index: false, follow: false } }

/** One message with a copy of it as it left (G3). */
export default answerPage(async function SentMessagePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (!/^[1-9]\d{0,14}$/.test(id)) notFound()
  await requireAccount(`/my-cases/sent/${id}`)
  const [{ timeZone }, sent] = await Promise.all([readFrame(), orNotFound((await getCaller()).myCases.sent.byId({ id: Number(id) }))])
  const fact = 'grid gap-x-4 border-t border-rule py-2 first:border-t-0 sm:grid-cols-[9rem_minmax(0,1fr)]'
  return (
    <PageMain width="narrow">
      <BackLinks links={[myCases, allSent]} />
      <PageTitle><span className="wrap-anywhere">{sent.words === null || sent.words === '' ? sent.what : sent.words}</span></PageTitle>
      <Sheet>
        <dl>
          <div className={fact}><dt className="text-ink3">What</dt><dd>{sent.what}</dd></div>
          <div className={fact}><dt className="text-ink3">Written</dt><dd>{formatInstant(sent.at, timeZone)}</dd></div>
          <div className={fact}>
            <dt className="text-ink3">By</dt>
            <dd>{sent.channel === 'email' ? 'E-mail' : `Text${sent.phoneEnding === null ? '' : ` to the phone ending in ${sent.phoneEnding}`}`}</dd>
          </div>
          {sent.ofCase === null ? null : <div className={fact}><dt className="text-ink3">Case</dt><dd><a href={sent.ofCase.address}>{sent.ofCase.number}</a></dd></div>}
          <div className={fact}><dt className="text-ink3">What became of it</dt><dd><FatePill fate={sent.fate} /> {sent.fateSaid}</dd></div>
        </dl>
      </Sheet>
      <section className="mt-9">
        <SectionTitle>What it said</SectionTitle>
        {sent.copy === null ? <p>What it said is not shown any more.</p> : (
          <>
            <p className="mb-3 max-w-measure text-ink2">
              A copy of its words. Where the message had a link that confirms or stops something, the copy says “(link)”.
            </p>
            <Sheet><pre className="font-sans whitespace-pre-wrap wrap-anywhere">{displayText(sent.copy.text)}</pre></Sheet>
          </>
        )}
      </section>
    </PageMain>
  )
})
