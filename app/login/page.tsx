import { answerPage } from '../_pages/answer-page.tsx'
import { formMetadata, readFormPage } from '../_forms/read-form-page.ts'
import { readVisitor } from '../_trpc/visitor.ts'
import { ErrorSummary } from '../_ui/error-summary.tsx'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { ResultMessage } from '../_ui/result-message.tsx'
import { Sheet } from '../_ui/sheet.tsx'
import { queryValue, type Query } from '../_ui/with-query.ts'
import { accountNeeded } from '../../server/contract/hours-wording.ts'
import { ownPath } from '../../server/contract/own-path.ts'
import { LoginForm } from './login-form.tsx'

export const generateMetadata = formMetadata('Log in')

/** G1: logs in, and goes on only to a page of ours (S10). */
export default answerPage(async function LoginPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [query, form, visitor, { whoMayTrack }] = await Promise.all([searchParams, readFormPage(searchParams), readVisitor(), readFrame()])
  const next = ownPath(queryValue(query, 'next'))
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <PageTitle>Log in</PageTitle>
      {form.message === null ? null : <ResultMessage heading="Done"><p>{form.message}</p></ResultMessage>}
      {visitor === null ? null : (
        <p className="mb-6 max-w-measure">
          You are logged in as <strong className="wrap-anywhere">{visitor.emailAddress}</strong>. <a href={next ?? '/my-cases'}>Go on</a>, or log in with another account.
        </p>
      )}
      <p className="mb-6 max-w-measure">
        {whoMayTrack === 'accounts' ? accountNeeded : 'You need no account to track a case. With one you see all your cases on one page.'}
      </p>
      <Sheet isPanel className="max-w-md">
        <LoginForm form={form} next={next} page="/login" />
        <p className="mt-5"><a className="inline-flex min-h-11 items-center" href="/forgot">Forgot your password?</a></p>
        <p><a className="inline-flex min-h-11 items-center" href="/register">Register</a></p>
      </Sheet>
    </PageMain>
  )
})
