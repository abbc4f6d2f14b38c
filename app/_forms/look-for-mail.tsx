import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { ResultMessage } from '../_ui/result-message.tsx'

/** After a form that sends mail, whatever is known of the address: what was said, to which address, and what to do when nothing comes (J2). */
export function LookForMail({ message, email, sender, again }: { message: string; email: string | null; sender: string; again: string }) {
  return (
    <PageMain width="narrow">
      <PageTitle>Look for our e-mail</PageTitle>
      <ResultMessage heading="Sent"><p>{message}</p></ResultMessage>
      <div className="max-w-measure space-y-3">
        {email === null ? null : <p>The address you provided: <strong className="wrap-anywhere">{email}</strong></p>}
        <p>Nothing there in a few minutes? Look for <strong className="wrap-anywhere">{sender}</strong> in your spam folder.</p>
        <p><a className="inline-flex min-h-11 items-center" href={again}>Try again</a></p>
      </div>
    </PageMain>
  )
}
