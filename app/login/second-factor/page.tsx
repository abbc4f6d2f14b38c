import { formMetadata, readFormPage } from '../../_forms/read-form-page.ts'
import { answerMetadata, answerPage } from '../../_pages/answer-page.tsx'
import { getCaller, orNotFound } from '../../_trpc/caller.ts'
import { requireOperatorByPassword } from '../../_trpc/require-operator.ts'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import { queryValue, type Query } from '../../_ui/with-query.ts'
import { ownPath } from '../../../server/contract/own-path.ts'
import { CodeForm, SecondFactorSetup } from '../../account/second-factor/second-factor-setup.tsx'

const path = '/login/second-factor'

const metadataOfForm = formMetadata('Log in: second factor')

export const generateMetadata = answerMetadata(async (props: { searchParams: Promise<Query> }) => {
  await requireOperatorByPassword()
  return metadataOfForm(props)
})

/** H6: what an operator gives beside the password, or sets up first. For anybody else it is not there. */
export default answerPage(async function LoginSecondFactorPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [query, form, { state, proposed }] = await Promise.all([searchParams, readFormPage(searchParams), orNotFound((await getCaller()).account.secondFactor())])
  const next = ownPath(queryValue(query, 'next'))
  const where = { page: path, next, error: form.fields['code'] }
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      {state === 'given' ? (
        <>
          <PageTitle>You are logged in</PageTitle>
          <ButtonLink href={next ?? '/operator'}>Go on</ButtonLink>
        </>
      ) : state === 'due' ? (
        <>
          <PageTitle lead="You are an operator: your password alone is not enough.">Give your code</PageTitle>
          <Sheet isPanel className="max-w-md">
            <CodeForm {...where} action="give" button="Log in" hint="The six digits that your app shows, or one of your recovery codes." />
            <p className="mt-5 max-w-measure">If you lost both, whoever runs the service resets it with “ttc operator reset-factor”.</p>
          </Sheet>
        </>
      ) : (
        <>
          <PageTitle lead="You are an operator: your password alone is not enough.">Set up a second factor</PageTitle>
          {proposed === null ? (
            <Sheet isPanel className="max-w-md">
              <form id="form" tabIndex={-1} method="post" action="/api/forms/second-factor" className="space-y-5">
                <input type="hidden" name="action" value="propose" />
                <input type="hidden" name="page" value={path} />
                {next === null ? null : <input type="hidden" name="next" value={next} />}
                <p>You need an authenticator app on your phone or computer. From then on you give a code of it when you log in.</p>
                <Button className="min-h-13 w-full">Begin</Button>
              </form>
            </Sheet>
          ) : <SecondFactorSetup {...where} proposed={proposed} />}
        </>
      )}
    </PageMain>
  )
})
