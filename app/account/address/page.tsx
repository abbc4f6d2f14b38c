import { formMetadata, readFormPage } from '../../_forms/read-form-page.ts'
import { LookForMail } from '../../_forms/look-for-mail.tsx'
import { answerPage } from '../../_pages/answer-page.tsx'
import { requireAccount } from '../../_trpc/require-account.ts'
import { Button } from '../../_ui/button.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { TextField } from '../../_ui/field.tsx'
import { readFrame } from '../../_ui/frame.ts'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import { accountTerms } from '../../../server/contract/consent-wording.ts'
import type { Query } from '../../_ui/with-query.ts'
import { BackToAccount } from '../back-to-account.tsx'

export const generateMetadata = formMetadata('Change the address')

/** G1: asks for another address, which changes when that confirms it. */
export default answerPage(async function AddressPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [{ emailAddress }, form, { sender }] = await Promise.all([requireAccount('/account/address'), readFormPage(searchParams), readFrame()])
  if (form.message !== null) return <LookForMail message={form.message} email={form.email} sender={sender.email} again="/account/address" />
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <BackToAccount />
      <PageTitle lead={<>Now it is <strong className="wrap-anywhere">{emailAddress}</strong>.</>}>Change the address</PageTitle>
      <p className="mb-6 max-w-measure">{accountTerms.changeAddress}</p>
      <Sheet isPanel className="max-w-md">
        <form id="form" tabIndex={-1} method="post" action="/api/forms/account-address" noValidate className="space-y-5">
          <TextField
            id="email" name="email" type="email" label="New e-mail address" autoComplete="email" spellCheck={false} maxLength={254}
            defaultValue={form.typed['email'] ?? ''} error={form.fields['email']}
          />
          <TextField id="password" name="password" type="password" label="Password" autoComplete="current-password" error={form.fields['password']} />
          <Button className="min-h-13 w-full">Change the address</Button>
        </form>
      </Sheet>
    </PageMain>
  )
})
