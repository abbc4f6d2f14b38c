import { getCaller } from '../../../_trpc/caller.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm, captchaOf, fieldOf } from '../read-form.ts'

/** Asks for an account. Open to anyone; the procedure decides. */
export const POST = (request: Request): Promise<Response> => answerForm(request, (form) => {
  const email = fieldOf(form, 'email').slice(0, 500)
  return answerTyped({ page: '/register', typed: { email } }, async () =>
    (await getCaller()).account.register({ email, password: fieldOf(form, 'password').slice(0, 500), captcha: captchaOf(form) }))
})
