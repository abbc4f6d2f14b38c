import { getCaller } from '../../../_trpc/caller.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm, captchaOf, fieldOf } from '../read-form.ts'

/** Asks for a new password. Open to anyone; the procedure decides. */
export const POST = (request: Request): Promise<Response> => answerForm(request, (form) => {
  const email = fieldOf(form, 'email').slice(0, 500)
  return answerTyped({ page: '/forgot', typed: { email } }, async () => (await getCaller()).account.requestReset({ email, captcha: captchaOf(form) }))
})
