import { getCaller } from '../../../_trpc/caller.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf } from '../read-form.ts'

/** Changes the password. Open to who is logged in, with the old one; the procedure decides. */
export const POST = (request: Request): Promise<Response> => answerForm(request, (form) =>
  answerTyped({ page: '/account/password', typed: {}, next: '/account' }, async () => (await getCaller()).account.changePassword({
    password: fieldOf(form, 'password').slice(0, 500), newPassword: fieldOf(form, 'newPassword').slice(0, 500),
  })))
