import { stopListedQuestion, stopQuestion } from '../../../server/contract/wording.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { linkPageMetadata, readAct, type LinkPageProps } from '../../_links/link-page.ts'
import { StopLinkDoesNothing } from '../../_links/stop-link-does-nothing.tsx'
import { StopPage } from '../../_links/stop-page.tsx'
import { getCaller } from '../../_trpc/caller.ts'
import { queryValue } from '../../_ui/with-query.ts'

export const metadata = linkPageMetadata('Stop Tracking')

/** E1. */
export default answerPage(async function StopOnePage({ params, searchParams }: LinkPageProps) {
  const { token } = await params
  const link = await (await getCaller()).links.describe({ token, purpose: 'stop' })
  if (link.kind !== 'stop' && link.kind !== 'stopListed') return <StopLinkDoesNothing />
  const choice = queryValue(await searchParams, 'choice')
  const act = await readAct(searchParams)
  return <StopPage question={link.kind === 'stop' ? stopQuestion(link.caseNumber) : stopListedQuestion} token={token} scope="case" choice={choice} result={act?.isDone === true ? act.message : null} />
})
