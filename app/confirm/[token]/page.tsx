import { textsNotYet } from '../../../server/contract/wording.ts'
import { LinkNoLongerWorks } from '../../_links/link-no-longer-works.tsx'
import { linkPageMetadata, readAct, type LinkPageProps } from '../../_links/link-page.ts'
import { getCaller } from '../../_trpc/caller.ts'
import { Button } from '../../_ui/button.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { ResultMessage } from '../../_ui/result-message.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import { WhatComesNext } from './what-comes-next.tsx'

export const metadata = linkPageMetadata('Confirm your request')

/** C2: shows what would be confirmed; only its button confirms. */
export default async function ConfirmPage({ params, searchParams }: LinkPageProps) {
  const { token } = await params
  const act = await readAct(searchParams)
  const link = await (await getCaller()).links.describe({ token, purpose: 'confirm' })
  if (link.kind !== 'confirm' && link.kind !== 'confirmAll') {
    return (
      <LinkNoLongerWorks>
        <p>
          To protect your address, a link that confirms works for 7 days, and only as long as the request stands. It may also have been cut
          short or changed on its way.
        </p>
        <p>To ask again, <a href="/">find the case</a> and choose Track This Case on its page. You get a new link.</p>
      </LinkNoLongerWorks>
    )
  }
  const isDone = act?.isDone === true
  const cases = link.kind === 'confirm' ? [link.caseNumber] : link.cases
  return (
    <PageMain width="narrow">
      {act === null || act.isDone ? null : <ErrorSummary errors={[{ fieldId: 'request', message: act.message }]} />}
      <PageTitle>{isDone ? 'Your request' : 'Confirm your request'}</PageTitle>
      {act?.isDone === true ? <ResultMessage heading="Confirmed"><p>{act.message}</p></ResultMessage> : null}
      <Sheet id="request" isPanel={!isDone} className="space-y-5">
        <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[9rem_1fr]">
          <dt className="text-ink3">{cases.length === 1 ? 'Case number' : 'Case numbers'}</dt>
          <dd className="mb-2 space-y-1 font-semibold tabular-nums">
            {cases.map((number, index) => <p key={number ?? index}>{number ?? 'A case that is no longer public'}</p>)}
          </dd>
          <dt className="text-ink3">E-mail address</dt>
          <dd className="font-semibold wrap-anywhere">{link.emailAddress}</dd>
        </dl>
        {isDone ? null : (
          <>
            {link.isConfirmed
              ? <p>This is confirmed already. Confirming again changes nothing.</p>
              : <p>Nothing is tracked until you press the button.</p>}
            {link.kind === 'confirm' && link.isWithText ? <p>{textsNotYet}</p> : null}
            <form method="post" action="/api/forms/confirm">
              <input type="hidden" name="token" value={token} />
              <Button className="min-h-13 w-full sm:w-auto sm:min-w-56">Confirm</Button>
            </form>
            {link.isConfirmed ? null : <p className="text-nav text-ink3">You did not ask for this? Close this page, and nothing happens.</p>}
          </>
        )}
      </Sheet>
      {isDone ? <WhatComesNext /> : null}
    </PageMain>
  )
}
