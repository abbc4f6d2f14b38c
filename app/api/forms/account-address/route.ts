import { getCaller } from '../../../_trpc/caller.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf } from '../read-form.ts'

/** Asks for another address of the account. Open to who is logged in, with the password; the procedure decides. */
export const POST = (request: Request): Promise<Response> => answerForm(request, (form) => {
  const email = fieldOf(form, 'email').slice(0, 500)
  return answerTyped({ page: '/account/address', typed: { email } }, async () =>
    (await getCaller()).account.changeAddress({ email, password: fieldOf(form, 'password').slice(0, 500) }))
})
