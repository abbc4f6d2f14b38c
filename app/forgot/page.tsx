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

export const generateMetadata = formMetadata('Forgotten password')

/** G1: asks for a link that lets a new password be chosen. */
export default answerPage(async function ForgotPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [form, { helpDesk, sender }, { captcha }] = await Promise.all([readFormPage(searchParams), readFrame(), (await getCaller()).tracking.settings()])
  if (form.message !== null) return <LookForMail message={form.message} email={form.email} sender={sender.email} again="/forgot" />
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <PageTitle lead="Type the address of your account. We send you a link to choose a new password.">Forgotten password</PageTitle>
      <Sheet isPanel className="max-w-md">
        <CaptchaForm action="/api/forms/forgot" settings={captcha} helpDesk={helpDesk} error={form.fields['captcha']} button="Send me a link">
          <TextField
            id="email" name="email" type="email" label="E-mail address" autoComplete="username" spellCheck={false} maxLength={254}
            defaultValue={form.typed['email'] ?? ''} error={form.fields['email']}
          />
        </CaptchaForm>
      </Sheet>
    </PageMain>
  )
})
