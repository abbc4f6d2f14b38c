import { answerPage } from '../../_pages/answer-page.tsx'
import { readFormPage } from '../../_forms/read-form-page.ts'
import { requireOperator } from '../../_trpc/require-operator.ts'
import { Button } from '../../_ui/button.tsx'
import { TextField } from '../../_ui/field.tsx'
import { SectionTitle } from '../../_ui/page-title.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import type { Query } from '../../_ui/with-query.ts'
import { OperatorFrame, operatorMetadata } from '../_parts/operator-frame.tsx'

export const generateMetadata = operatorMetadata('Operator: accounts')

/** Grants a registered account, and makes operators (D7). */
export default answerPage(async function AccountsPage({ searchParams }: { searchParams: Promise<Query> }) {
  await requireOperator()
  const form = await readFormPage(searchParams)
  const field = (name: string, label: string) =>
    ({ id: name, name, label, defaultValue: form.typed[name] ?? '', error: form.fields[name], autoComplete: 'off' })
  return (
    <OperatorFrame open="/operator/accounts" title="Accounts" form={form}>
      <section>
        <SectionTitle>Registered accounts and operators</SectionTitle>
        <p className="mb-4.5 max-w-measure text-ink2">
          An address without an account gets one. Its owner chooses a password with “Forgotten password” on the log-in page. An operator sees all that you see
          here and may do all that you may.
        </p>
        <Sheet isPanel className="max-w-md">
          <form method="post" action="/api/forms/operator" noValidate className="space-y-4.5">
            <TextField {...field('email', 'E-mail address')} type="email" spellCheck={false} maxLength={254} />
            <TextField {...field('name', 'Name')} hint="Of registered accounts. What is left empty stays as it is." maxLength={200} />
            <TextField {...field('mailingAddress', 'Mailing address')} maxLength={300} />
            <TextField {...field('barNumber', 'Bar number')} maxLength={50} />
            <div className="flex flex-wrap gap-3">
              <Button name="action" value="grantRegistered">Grant a registered account</Button>
              <Button name="action" value="addOperator" kind="secondary">Make an operator</Button>
            </div>
          </form>
        </Sheet>
      </section>
    </OperatorFrame>
  )
})
