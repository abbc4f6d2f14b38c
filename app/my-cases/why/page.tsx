import type { Metadata } from 'next'
import { answerPage } from '../../_pages/answer-page.tsx'
import { getCaller } from '../../_trpc/caller.ts'
import { requireAccount } from '../../_trpc/require-account.ts'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { allSent, BackLinks, myCases } from '../_sent/back-links.tsx'

export const metadata: Metadata = { title: 'Why did I not get a notice?', robots: { index: false, follow: false } }

/** Asks of which case (G8). */
export default answerPage(async function WhichCasePage() {
  await requireAccount('/my-cases/why')
  const explained = await (await getCaller()).myCases.sent.explained()
  return (
    <PageMain width="narrow">
      <BackLinks links={[myCases, allSent]} />
      <PageTitle lead="The answer comes from the record of one case: what changed in it, what was sent, and what was not.">Why did I not get a notice?</PageTitle>
      {explained.length === 0 ? <p>You track no case. <a href="/">Find a case</a> and track it to be told of what is entered.</p> : (
        <ul className="border-b border-rule">
          {explained.map((one) => (
            <li key={one.subscriptionId} className="border-t border-rule py-1">
              <a className="inline-flex min-h-11 items-center font-semibold tabular-nums" href={`/my-cases/why/${one.subscriptionId}`}>{one.caseNumber}</a>{' '}
              <span className="text-ink2 wrap-anywhere">{one.caption}</span>
            </li>
          ))}
        </ul>
      )}
    </PageMain>
  )
})
