import type { ReactNode } from 'react'
import type { AccountPageView, SessionView } from '../../server/contract/account-view.ts'
import { formatInstant } from '../../server/contract/court-time.ts'
import { formMetadata, readFormPage } from '../_forms/read-form-page.ts'
import { answerPage } from '../_pages/answer-page.tsx'
import { getCaller } from '../_trpc/caller.ts'
import { requireAccount } from '../_trpc/require-account.ts'
import { Button, ButtonLink } from '../_ui/button.tsx'
import { DeliveryTrouble } from '../_ui/delivery-trouble.tsx'
import { ErrorSummary } from '../_ui/error-summary.tsx'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle, SectionTitle } from '../_ui/page-title.tsx'
import { Pill } from '../_ui/pill.tsx'
import { ResultMessage } from '../_ui/result-message.tsx'
import { Sheet } from '../_ui/sheet.tsx'
import type { Query } from '../_ui/with-query.ts'
import { NoticeChoices } from './_notices/notice-choices.tsx'

export const generateMetadata = formMetadata('My Account')

/** G1: the account, what can be changed of it, and where it is logged in. */
export default answerPage(async function AccountPage({ searchParams }: { searchParams: Promise<Query> }) {
  await requireAccount('/account')
  const caller = await getCaller()
  const [form, account, choices, { timeZone }] = await Promise.all([readFormPage(searchParams), caller.account.page(), caller.account.noticeChoices(), readFrame()])
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <PageTitle>My Account</PageTitle>
      {form.message === null ? null : <ResultMessage heading="Done"><p>{form.message}</p></ResultMessage>}
      {account.isMailable ? null : <DeliveryTrouble emailAddress={account.emailAddress} next="/account" />}
      <div className="space-y-6">
        <Address account={account} />
        {account.kind === 'registered' ? <Details account={account} /> : null}
        <Sheet id="notices"><NoticeChoices {...choices} /></Sheet>
        <Sessions sessions={account.sessions} timeZone={timeZone} />
        <Part id="password" title="Password">
          <ButtonLink kind="secondary" href="/account/password">Change the password</ButtonLink>
        </Part>
        {account.isOperator ? (
          <Part id="factor" title="Second factor">
            <ButtonLink kind="secondary" href="/account/second-factor">Look at it, or set it up anew</ButtonLink>
          </Part>
        ) : null}
        <Part id="data" title="Your data">
          <p className="max-w-measure">All that we hold of your account, what it tracks and what was sent to it, in one JSON file.</p>
          <ButtonLink kind="secondary" href="/api/account/data" download>Download my data</ButtonLink>
          <p className="max-w-measure border-t border-rule pt-4">To delete the account ends all that it tracks.</p>
          <ButtonLink kind="secondary" href="/account/delete">Delete my account</ButtonLink>
        </Part>
      </div>
    </PageMain>
  )
})

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <Sheet>
      <section aria-labelledby={id} className="space-y-4">
        <SectionTitle id={id}>{title}</SectionTitle>
        {children}
      </section>
    </Sheet>
  )
}

const kindWords = { public: 'Public account', registered: 'Registered account' } as const

function Address({ account }: { account: AccountPageView }) {
  return (
    <Part id="address" title="E-mail address">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong className="wrap-anywhere">{account.emailAddress}</strong>
        <Pill tone="plain">{kindWords[account.kind]}</Pill>
        {account.isMailable ? null : <Pill tone="amber">Takes no mail</Pill>}
      </p>
      <p className="max-w-measure">
        {account.isMailable
          ? 'You log in with it, and all notices go there.'
          : 'Mail to it came back, or it was never verified: no notices go there. Change it to one that takes mail.'}
      </p>
      {account.awaitedAddress === null ? null : (
        <p className="max-w-measure border-l-4 border-amber bg-amber-wash px-4 py-3">
          It is to become <strong className="wrap-anywhere">{account.awaitedAddress}</strong>, once the link in our e-mail to that address was used.
        </p>
      )}
      <ButtonLink kind="secondary" href="/account/address">Change the address</ButtonLink>
    </Part>
  )
}

function Details({ account }: { account: AccountPageView }) {
  const said = (words: string): string => (words === '' ? 'not said' : words)
  return (
    <Part id="details" title="Your details">
      <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[9rem_1fr]">
        <dt className="text-ink3">Name</dt>
        <dd className="mb-2 wrap-anywhere">{said(account.name)}</dd>
        <dt className="text-ink3">Mailing address</dt>
        <dd className="mb-2 whitespace-pre-line wrap-anywhere">{said(account.mailingAddress)}</dd>
        <dt className="text-ink3">Bar number</dt>
        <dd className="wrap-anywhere">{said(account.barNumber)}</dd>
      </dl>
      <ButtonLink kind="secondary" href="/account/details">Change the details</ButtonLink>
    </Part>
  )
}

function Sessions({ sessions, timeZone }: { sessions: readonly SessionView[]; timeZone: string }) {
  return (
    <Part id="sessions" title="Where you are logged in">
      <ul className="border-b border-rule">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-rule py-3">
            <p>
              <span className="font-semibold">{session.browser}</span> {session.isThis ? <Pill tone="green">This one</Pill> : null}
              <span className="block text-nav text-ink3 tabular-nums">since {formatInstant(session.since, timeZone)}</span>
            </p>
            {session.isThis ? null : (
              <form method="post" action="/api/forms/account-sessions">
                <input type="hidden" name="id" value={session.id} />
                <Button kind="secondary">End<span className="sr-only"> the session of {session.browser} since {formatInstant(session.since, timeZone)}</span></Button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length < 2 ? null : (
        <form method="post" action="/api/forms/account-sessions">
          <Button kind="secondary">End all other sessions</Button>
        </form>
      )}
    </Part>
  )
}
