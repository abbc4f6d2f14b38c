import { formMetadata, readFormPage } from '../../_forms/read-form-page.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import { queryValue, type Query } from '../../_ui/with-query.ts'
import { ownPath } from '../../../server/contract/own-path.ts'
import { LoginForm } from '../login-form.tsx'

export const generateMetadata = formMetadata('Log in as an operator')

/** Where operators log in at any hour (I4): accounts have hours, and whoever mends the service has none. */
export default answerPage(async function OperatorLoginPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [query, form] = await Promise.all([searchParams, readFormPage(searchParams)])
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <PageTitle lead="For those who run the service, at any hour. A code of your app comes next.">Log in as an operator</PageTitle>
      <Sheet isPanel className="max-w-md">
        <LoginForm form={form} next={ownPath(queryValue(query, 'next')) ?? '/operator'} page="/login/operator" />
      </Sheet>
    </PageMain>
  )
})
