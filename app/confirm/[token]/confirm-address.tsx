import type { Act } from '../../_links/link-page.ts'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { ResultMessage } from '../../_ui/result-message.tsx'
import { Sheet } from '../../_ui/sheet.tsx'

/** G1: a new address that an account waits for. Only the button changes it. */
export function ConfirmAddress({ token, emailAddress, isConfirmed, act }: { token: string; emailAddress: string; isConfirmed: boolean; act: Act | null }) {
  const isDone = act?.isDone === true
  return (
    <PageMain width="narrow">
      {act === null || act.isDone ? null : <ErrorSummary errors={[{ fieldId: 'request', message: act.message }]} />}
      <PageTitle>{isDone ? 'The address of your account' : 'Confirm the new address'}</PageTitle>
      {act?.isDone === true ? <ResultMessage heading="Changed"><p>{act.message}</p></ResultMessage> : null}
      <Sheet id="request" isPanel={!isDone} className="space-y-5">
        <p>New e-mail address: <strong className="wrap-anywhere">{emailAddress}</strong></p>
        {isDone ? <ButtonLink href="/account">My Account</ButtonLink> : (
          <>
            <p>{isConfirmed ? 'This is confirmed already. Confirming again changes nothing.' : 'The address of your account is the old one until you press the button. All that you track moves to this one then, and every other session ends.'}</p>
            <form method="post" action="/api/forms/confirm">
              <input type="hidden" name="token" value={token} />
              <Button className="min-h-13 w-full sm:w-auto sm:min-w-56">Confirm</Button>
            </form>
            {isConfirmed ? null : <p className="text-nav text-ink3">You did not ask for this? Close this page, and nothing happens.</p>}
          </>
        )}
      </Sheet>
    </PageMain>
  )
}
