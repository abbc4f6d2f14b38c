import { stopAllQuestion } from '../../../server/contract/wording.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { linkPageMetadata, readAct, type LinkPageProps } from '../../_links/link-page.ts'
import { StopLinkDoesNothing } from '../../_links/stop-link-does-nothing.tsx'
import { StopPage } from '../../_links/stop-page.tsx'
import { getCaller } from '../../_trpc/caller.ts'
import { queryValue } from '../../_ui/with-query.ts'

export const metadata = linkPageMetadata('Stop Tracking ALL Cases')

/** E2. */
export default answerPage(async function StopAllPage({ params, searchParams }: LinkPageProps) {
  const { token } = await params
  const link = await (await getCaller()).links.describe({ token, purpose: 'stopAll' })
  if (link.kind !== 'stopAll') return <StopLinkDoesNothing />
  const choice = queryValue(await searchParams, 'choice')
  const act = await readAct(searchParams)
  return <StopPage question={stopAllQuestion} token={token} scope="all" choice={choice} result={act?.isDone === true ? act.message : null} />
})
