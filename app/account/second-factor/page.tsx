import { formMetadata, readFormPage } from '../../_forms/read-form-page.ts'
import { answerMetadata, answerPage } from '../../_pages/answer-page.tsx'
import { getCaller, orNotFound } from '../../_trpc/caller.ts'
import { requireOperator, requireOperatorByPassword } from '../../_trpc/require-operator.ts'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { ResultMessage } from '../../_ui/result-message.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import type { Query } from '../../_ui/with-query.ts'
import { BackToAccount } from '../back-to-account.tsx'
import { CodeForm, SecondFactorSetup } from './second-factor-setup.tsx'

const path = '/account/second-factor'

const metadataOfForm = formMetadata('Second factor')

export const generateMetadata = answerMetadata(async (props: { searchParams: Promise<Query> }) => {
  await requireOperatorByPassword()
  return metadataOfForm(props)
})

/** H6: an operator's second factor as it stands, and another one in its place. */
export default answerPage(async function SecondFactorPage({ searchParams }: { searchParams: Promise<Query> }) {
  await requireOperator(path)
  const [form, { proposed, recoveryCodesLeft }] = await Promise.all([readFormPage(searchParams), orNotFound((await getCaller()).account.secondFactor())])
  const where = { page: path, next: null, error: form.fields['code'] }
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <BackToAccount />
      <PageTitle lead={proposed === null ? 'Operators give a code of an app beside their password.' : 'The one that you have goes on working until you give a code of the new one. Every other session ends then.'}>
        {proposed === null ? 'Second factor' : 'A new second factor'}
      </PageTitle>
      {form.message === null ? null : <ResultMessage heading="Done"><p>{form.message}</p></ResultMessage>}
      {proposed === null ? (
        <Sheet isPanel className="max-w-md space-y-5">
          <p><strong>{recoveryCodesLeft}</strong> of your recovery codes {recoveryCodesLeft === 1 ? 'is' : 'are'} left. For a new phone, or for new recovery codes, set it up anew.</p>
          <CodeForm {...where} action="propose" button="Set it up anew" hint="A code of the app as it is now, or a recovery code." />
        </Sheet>
      ) : <SecondFactorSetup {...where} proposed={proposed} />}
    </PageMain>
  )
})
