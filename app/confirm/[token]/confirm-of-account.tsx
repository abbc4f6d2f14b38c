import type { Act } from '../../_links/link-page.ts'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { ResultMessage } from '../../_ui/result-message.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import { notYourRequest, untilAccountConfirmed } from '../../../server/contract/consent-wording.ts'
import type { LinkView } from '../../../server/contract/views.ts'

const wordsOf = {
  register: {
    title: 'Confirm your account', doneTitle: 'Your account', done: 'Confirmed', address: 'E-mail address', next: { href: '/login?next=%2Fmy-cases', label: 'Log in' },
  },
  changeAddress: {
    title: 'Confirm the new address', doneTitle: 'The address of your account', done: 'Changed', address: 'New e-mail address', next: { href: '/account', label: 'My Account' },
  },
} as const

interface ConfirmOfAccountProps {
  readonly token: string
  readonly link: Extract<LinkView, { kind: keyof typeof wordsOf }>
  readonly act: Act | null
}

/** G1: an account that waits for its address, or for another one. Only the button confirms it. */
export function ConfirmOfAccount({ token, link, act }: ConfirmOfAccountProps) {
  const words = wordsOf[link.kind]
  const isDone = act?.isDone === true
  return (
    <PageMain width="narrow">
      {act === null || act.isDone ? null : <ErrorSummary errors={[{ fieldId: 'request', message: act.message }]} />}
      <PageTitle>{isDone ? words.doneTitle : words.title}</PageTitle>
      {act?.isDone === true ? <ResultMessage heading={words.done}><p>{act.message}</p></ResultMessage> : null}
      <Sheet id="request" isPanel={!isDone} className="space-y-5">
        <p>{words.address}: <strong className="wrap-anywhere">{link.emailAddress}</strong></p>
        {isDone ? <ButtonLink href={words.next.href}>{words.next.label}</ButtonLink> : (
          <>
            <p>{link.isConfirmed ? 'This is confirmed already. Confirming again changes nothing.' : untilAccountConfirmed[link.kind]}</p>
            <form method="post" action="/api/forms/confirm">
              <input type="hidden" name="token" value={token} />
              <Button className="min-h-13 w-full sm:w-auto sm:min-w-56">Confirm</Button>
            </form>
            {link.isConfirmed ? null : <p className="text-nav text-ink3">{notYourRequest}</p>}
          </>
        )}
      </Sheet>
    </PageMain>
  )
}
