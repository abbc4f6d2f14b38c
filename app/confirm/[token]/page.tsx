import type { ReactNode } from 'react'
import { notYourRequest, untilConfirmed } from '../../../server/contract/consent-wording.ts'
import type { LinkView } from '../../../server/contract/views.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { LinkNoLongerWorks } from '../../_links/link-no-longer-works.tsx'
import { linkPageMetadata, readAct, type LinkPageProps } from '../../_links/link-page.ts'
import { getCaller } from '../../_trpc/caller.ts'
import { Button } from '../../_ui/button.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { ResultMessage } from '../../_ui/result-message.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import { AskedFor } from './asked-for.tsx'
import { ConfirmOfAccount } from './confirm-of-account.tsx'
import { WhatComesNext } from './what-comes-next.tsx'

export const metadata = linkPageMetadata('Confirm your request')

/** C2, C4: shows what would be confirmed; only its button confirms. */
export default answerPage(async function ConfirmPage({ params, searchParams }: LinkPageProps) {
  const { token } = await params
  const act = await readAct(searchParams)
  const link = await (await getCaller()).links.describe({ token, purpose: 'confirm' })
  if (link.kind === 'untrackable') {
    return (
      <PageMain width="narrow">
        <PageTitle>This request cannot be confirmed</PageTitle>
        <p className="max-w-measure">{link.sentence}</p>
      </PageMain>
    )
  }
  if (link.kind === 'register' || link.kind === 'changeAddress') return <ConfirmOfAccount token={token} link={link} act={act} />
  if (link.kind !== 'confirm' && link.kind !== 'confirmText') {
    return (
      <LinkNoLongerWorks>
        <p>
          For your protection, a link that confirms works for 7 days, and only as long as the request stands. It may also have been cut short or
          changed on its way.
        </p>
        <p>To ask again, <a href="/">find the case</a> and choose Track This Case on its page. You get a new link.</p>
      </LinkNoLongerWorks>
    )
  }
  const isDone = act?.isDone === true
  return (
    <PageMain width="narrow">
      {act === null || act.isDone ? null : <ErrorSummary errors={[{ fieldId: 'request', message: act.message }]} />}
      <PageTitle>{isDone ? 'Your request' : 'Confirm your request'}</PageTitle>
      {act?.isDone === true ? <ResultMessage heading="Confirmed"><p>{act.message}</p></ResultMessage> : null}
      {isDone && act.textMessage !== null ? <p className="mb-6 max-w-measure">{act.textMessage}</p> : null}
      <Sheet id="request" isPanel={!isDone} className="space-y-5">
        {link.kind === 'confirm' ? <Requests link={link} /> : <Phone link={link} />}
        {isDone ? null : (
          <>
            <p>{link.isConfirmed ? 'This is confirmed already. Confirming again changes nothing.' : whatWaits(link)}</p>
            <form method="post" action="/api/forms/confirm">
              <input type="hidden" name="token" value={token} />
              <Button className="min-h-13 w-full sm:w-auto sm:min-w-56">Confirm</Button>
            </form>
            {link.isConfirmed ? null : <p className="text-nav text-ink3">{notYourRequest}</p>}
          </>
        )}
      </Sheet>
      {isDone && !isStopped(link) ? <WhatComesNext isByText={link.kind === 'confirmText'} /> : null}
    </PageMain>
  )
})

type Confirmable = Extract<LinkView, { kind: 'confirm' | 'confirmText' }>

/** A phone that gets nothing before its START (E6). */
const isStopped = (link: Confirmable): boolean => link.kind === 'confirmText' && link.isStopped

function whatWaits(link: Confirmable): string {
  if (isStopped(link)) return 'This phone number answered STOP to our texts. None are sent before it answers START.'
  if (link.kind === 'confirmText') return untilConfirmed.text
  return link.requests.every((request) => request.isChange) ? untilConfirmed.change : untilConfirmed.tracking
}

function Requests({ link }: { link: Extract<Confirmable, { kind: 'confirm' }> }) {
  return (
    <Facts>
      <dt className="text-ink3">{link.requests.length === 1 ? 'Case number' : 'Case numbers'}</dt>
      <dd className="mb-2 space-y-2">{link.requests.map((request, index) => <AskedFor key={index} request={request} />)}</dd>
      <dt className="text-ink3">E-mail address</dt>
      <dd className="font-semibold wrap-anywhere">{link.emailAddress}</dd>
    </Facts>
  )
}

function Phone({ link }: { link: Extract<Confirmable, { kind: 'confirmText' }> }) {
  return (
    <Facts>
      <dt className="text-ink3">Case number</dt>
      <dd className="mb-2 font-semibold tabular-nums">{link.caseNumber}</dd>
      <dt className="text-ink3">Phone number</dt>
      <dd className="font-semibold tabular-nums">ends in {link.phoneEnding}</dd>
    </Facts>
  )
}

const Facts = ({ children }: { children: ReactNode }) => <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[9rem_1fr]">{children}</dl>
