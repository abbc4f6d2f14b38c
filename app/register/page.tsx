import { answerPage } from '../_pages/answer-page.tsx'
import { CaptchaForm } from '../_captcha/captcha-form.tsx'
import { formMetadata, readFormPage } from '../_forms/read-form-page.ts'
import { LookForMail } from '../_forms/look-for-mail.tsx'
import { getCaller } from '../_trpc/caller.ts'
import { ErrorSummary } from '../_ui/error-summary.tsx'
import { TextField } from '../_ui/field.tsx'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { Sheet } from '../_ui/sheet.tsx'
import type { Query } from '../_ui/with-query.ts'
import { accountTerms } from '../../server/contract/consent-wording.ts'
import { shortestPassword } from '../../server/contract/account-form.ts'

export const generateMetadata = formMetadata('Register')

/** G1: asks for an account, which is there when its address has confirmed it. */
export default answerPage(async function RegisterPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [form, { helpDesk, sender }, { captcha }] = await Promise.all([readFormPage(searchParams), readFrame(), (await getCaller()).tracking.settings()])
  if (form.message !== null) return <LookForMail message={form.message} email={form.email} sender={sender.email} again="/register" />
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <PageTitle lead={accountTerms.register}>Register</PageTitle>
      <Sheet isPanel className="max-w-md">
        <CaptchaForm action="/api/forms/register" settings={captcha} helpDesk={helpDesk} error={form.fields['captcha']} button="Register">
          <TextField
            id="email" name="email" type="email" label="E-mail address" autoComplete="username" spellCheck={false} maxLength={254}
            hint="We send you a link to confirm it." defaultValue={form.typed['email'] ?? ''} error={form.fields['email']}
          />
          <TextField
            id="password" name="password" type="password" label="Password" autoComplete="new-password"
            hint={`${shortestPassword} characters or more. Several words make a good one.`} error={form.fields['password']}
          />
        </CaptchaForm>
        <p className="mt-5">You have an account? <a className="inline-flex min-h-11 items-center" href="/login">Log in</a></p>
      </Sheet>
    </PageMain>
  )
})
