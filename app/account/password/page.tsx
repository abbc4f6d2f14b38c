import { shortestPassword } from '../../../server/contract/account-form.ts'
import { formMetadata, readFormPage } from '../../_forms/read-form-page.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { requireAccount } from '../../_trpc/require-account.ts'
import { Button } from '../../_ui/button.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { TextField } from '../../_ui/field.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import type { Query } from '../../_ui/with-query.ts'
import { BackToAccount } from '../back-to-account.tsx'

export const generateMetadata = formMetadata('Change the password')

/** G1: a new password, with the old one. */
export default answerPage(async function PasswordPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [{ emailAddress }, form] = await Promise.all([requireAccount('/account/password'), readFormPage(searchParams)])
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <BackToAccount />
      <PageTitle lead="You stay logged in here. Every other session ends.">Change the password</PageTitle>
      <Sheet isPanel className="max-w-md">
        <form id="form" tabIndex={-1} method="post" action="/api/forms/account-password" noValidate className="space-y-5">
          <input type="text" name="username" autoComplete="username" value={emailAddress} readOnly hidden />
          <TextField
            id="password" name="password" type="password" label="Old password" autoComplete="current-password" error={form.fields['password']}
            hint={<>If you forgot it, <a href="/forgot">ask for a link</a>.</>}
          />
          <TextField
            id="newPassword" name="newPassword" type="password" label="New password" autoComplete="new-password"
            hint={`${shortestPassword} characters or more. Several words make a good one.`} error={form.fields['newPassword']}
          />
          <Button className="min-h-13 w-full">Save the password</Button>
        </form>
      </Sheet>
    </PageMain>
  )
})
