import { watchAllQuestion, watchQuestion } from '../../../server/contract/wording.ts'
import { linkPageMetadata, readAct, type LinkPageProps } from '../../_links/link-page.ts'
import { LinkNoLongerWorks } from '../../_links/link-no-longer-works.tsx'
import { answerPage } from '../../_pages/answer-page.tsx'
import { getCaller } from '../../_trpc/caller.ts'
import { Button } from '../../_ui/button.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { ResultMessage } from '../../_ui/result-message.tsx'
import { Sheet } from '../../_ui/sheet.tsx'

export const metadata = linkPageMetadata('Stop watching')

/** G7: asks, and changes nothing before YES. Needs no log-in: the link is the permission. */
export default answerPage(async function StopWatchPage({ params, searchParams }: LinkPageProps) {
  const { token } = await params
  const link = await (await getCaller()).links.describe({ token, purpose: 'stopWatch' })
  if (link.kind !== 'stopWatch') return <LinkNoLongerWorks><p>It may have been cut short or changed on its way. Nothing was stopped.</p></LinkNoLongerWorks>
  const act = await readAct(searchParams)
  if (act?.isDone === true) {
    return (
      <PageMain width="narrow">
        <PageTitle>Stop watching</PageTitle>
        <ResultMessage heading="Done"><p>{act.message}</p></ResultMessage>
        <p className="max-w-measure">What you track is tracked as before. The search stays among your <a href="/my-cases/searches">saved searches</a>, where you can watch it again.</p>
      </PageMain>
    )
  }
  return (
    <PageMain width="narrow">
      <Sheet isPanel>
        <h1 className="mb-5 font-serif text-page font-semibold text-balance wrap-anywhere">{link.isAll ? watchAllQuestion : watchQuestion(link.name)}</h1>
        <form method="post" action="/api/forms/stop-watch">
          <input type="hidden" name="token" value={token} />
          <div className="grid grid-cols-2 gap-4 sm:flex">
            <Button className="sm:min-w-36">YES</Button>
            <Button kind="secondary" form="keep" className="sm:min-w-36">NO</Button>
          </div>
        </form>
        <form id="keep" method="get" action="/" />
        <p className="mt-5 text-nav text-ink3">Nothing changes before you press YES. NO leads to the home page. Cases that you track are not touched.</p>
      </Sheet>
    </PageMain>
  )
})
