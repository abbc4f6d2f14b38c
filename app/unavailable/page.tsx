import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { answerPage } from '../_pages/answer-page.tsx'
import { getCaller } from '../_trpc/caller.ts'
import { readFormAnswer } from '../_trpc/form-answer.ts'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { Prose } from '../_ui/prose.tsx'
import { queryValue, type Query } from '../_ui/with-query.ts'
import { momentWords, serviceHoursWords, serviceUnavailable } from '../../server/contract/hours-wording.ts'
import { KeptRequest } from './kept-request.tsx'

export const metadata: Metadata = { title: 'Service unavailable', robots: { index: false, follow: false } }

const whatBecame: Readonly<Record<string, string>> = {
  search: 'Your search was not made. Its words stand in the address of this page: reload the page when the service is open.',
  case: 'The page you asked for has kept its address: reload it when the service is open.',
}

/**
 * What the server shows in place of whatever waits for service hours (I4), under the address that was asked for and with status 503.
 * While the service is open it does not exist.
 */
export default answerPage(async function UnavailablePage({ searchParams }: { searchParams: Promise<Query> }) {
  const [query, { helpDesk, opensAt, serviceHours, timeZone }] = await Promise.all([searchParams, readFrame()])
  if (opensAt === null || serviceHours === null) notFound()
  const [answer, { texts }] = await Promise.all([readFormAnswer(queryValue(query, 'answer')), (await getCaller()).tracking.settings()])
  const became = whatBecame[queryValue(query, 'wanted')]
  return (
    <PageMain width="narrow">
      <PageTitle>{serviceUnavailable}</PageTitle>
      <Prose>
        <p className="text-lead">It opens on <strong>{momentWords(opensAt, timeZone)}</strong></p>
        {answer?.kind === 'closed' ? <KeptRequest {...answer} hasTexts={texts !== null} /> : became === undefined ? null : <p>{became}</p>}
        <h2>Meanwhile</h2>
        <ul>
          <li>Links in our messages that confirm or stop tracking work as always.</li>
          <li>What courts send us is taken. The next evening tells you of all that came in between.</li>
          <li><a href="/help">Help</a>, <a href="/courts">the list of courts</a> and <a href="/status">the service status</a> are open.</li>
        </ul>
        <h2>Service hours</h2>
        <p>Court time: {serviceHoursWords(serviceHours)}</p>
        <h2>Whom to ask</h2>
        <p>
          The {helpDesk.name}: {helpDesk.phone} or <a className="wrap-anywhere" href={`mailto:${helpDesk.email}`}>{helpDesk.email}</a>, {helpDesk.hours}.
        </p>
        <p><a href="/login/operator">Operators log in here.</a></p>
      </Prose>
    </PageMain>
  )
})
