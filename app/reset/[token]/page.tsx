import { LinkNoLongerWorks } from '../../_links/link-no-longer-works.tsx'
import type { LinkPageProps } from '../../_links/link-page.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { formMetadata, readFormPage } from '../../_forms/read-form-page.ts'
import { getCaller } from '../../_trpc/caller.ts'
import { Button } from '../../_ui/button.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { TextField } from '../../_ui/field.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import { shortestPassword } from '../../../server/contract/account-form.ts'

export const generateMetadata = formMetadata('Choose a new password')

/** G1: a new password, by a link that works for an hour, once. Opening it changes nothing. */
export default answerPage(async function ResetPage({ params, searchParams }: LinkPageProps) {
  const { token } = await params
  const [form, link] = await Promise.all([readFormPage(searchParams), (await getCaller()).links.describe({ token, purpose: 'resetPassword' })])
  if (link.kind !== 'resetPassword') {
    return (
      <LinkNoLongerWorks>
        <p>For your protection, a link that lets you choose a new password works for one hour, once.</p>
        <p><a href="/forgot">Ask for a new link</a>, or <a href="/login">log in</a>.</p>
      </LinkNoLongerWorks>
    )
  }
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <PageTitle lead="It ends every session of your account.">Choose a new password</PageTitle>
      <Sheet isPanel className="max-w-md">
        <form id="form" tabIndex={-1} method="post" action="/api/forms/reset" noValidate className="space-y-5">
          <input type="hidden" name="token" value={token} />
          <TextField
            id="password" name="password" type="password" label="New password" autoComplete="new-password"
            hint={`${shortestPassword} characters or more. Several words make a good one.`} error={form.fields['password']}
          />
          <Button className="min-h-13 w-full">Save the password</Button>
        </form>
      </Sheet>
    </PageMain>
  )
})
