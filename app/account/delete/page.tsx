import { formMetadata, readFormPage } from '../../_forms/read-form-page.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { requireAccount } from '../../_trpc/require-account.ts'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { TextField } from '../../_ui/field.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import type { Query } from '../../_ui/with-query.ts'
import { BackToAccount } from '../back-to-account.tsx'

export const generateMetadata = formMetadata('Delete my account')

/** G1: the end of an account, with its password. */
export default answerPage(async function DeletePage({ searchParams }: { searchParams: Promise<Query> }) {
  const [{ emailAddress }, form] = await Promise.all([requireAccount('/account/delete'), readFormPage(searchParams)])
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <BackToAccount />
      <PageTitle lead={<>The account of <strong className="wrap-anywhere">{emailAddress}</strong>.</>}>Delete my account</PageTitle>
      <ul className="mb-6 max-w-measure list-disc space-y-2 pl-5 marker:text-margin-line">
        <li>All that it tracks stops at once, by e-mail and by text.</li>
        <li>What it tracked, asked for and was sent is deleted here. It cannot be brought back.</li>
        <li>Mail that we sent stays in your mailbox. Links in it do nothing any more.</li>
      </ul>
      <Sheet isPanel className="max-w-md">
        <form id="form" tabIndex={-1} method="post" action="/api/forms/account-delete" noValidate className="space-y-5">
          <TextField id="password" name="password" type="password" label="Password" autoComplete="current-password" error={form.fields['password']} />
          <Button className="min-h-13 w-full">Delete my account</Button>
          <ButtonLink kind="secondary" href="/account" className="w-full">Keep it</ButtonLink>
        </form>
      </Sheet>
    </PageMain>
  )
})
