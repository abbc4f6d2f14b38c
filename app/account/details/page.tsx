import { notFound } from 'next/navigation'
import { formMetadata, readFormPage } from '../../_forms/read-form-page.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { getCaller } from '../../_trpc/caller.ts'
import { requireAccount } from '../../_trpc/require-account.ts'
import { Button } from '../../_ui/button.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { TextField } from '../../_ui/field.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import type { Query } from '../../_ui/with-query.ts'
import { BackToAccount } from '../back-to-account.tsx'

export const generateMetadata = formMetadata('Your details')

/** What the owner of a registered account says of themselves (product.md, Words). */
export default answerPage(async function DetailsPage({ searchParams }: { searchParams: Promise<Query> }) {
  await requireAccount('/account/details')
  const [form, account] = await Promise.all([readFormPage(searchParams), (await getCaller()).account.page()])
  if (account.kind !== 'registered') notFound()
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <BackToAccount />
      <PageTitle>Your details</PageTitle>
      <Sheet isPanel className="max-w-md">
        <form id="form" tabIndex={-1} method="post" action="/api/forms/account-details" noValidate className="space-y-5">
          <TextField id="name" name="name" label="Name" autoComplete="name" maxLength={200} defaultValue={form.typed['name'] ?? account.name} />
          <TextField
            id="mailingAddress" name="mailingAddress" label="Mailing address" autoComplete="street-address" maxLength={300}
            defaultValue={form.typed['mailingAddress'] ?? account.mailingAddress}
          />
          <TextField id="barNumber" name="barNumber" label="Bar number" autoComplete="off" maxLength={100} defaultValue={form.typed['barNumber'] ?? account.barNumber} />
          <Button className="min-h-13 w-full">Save the details</Button>
        </form>
      </Sheet>
    </PageMain>
  )
})
