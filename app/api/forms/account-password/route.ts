import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf } from '../read-form.ts'

/** Changes the password. Open to who is logged in, with the old one; the procedure decides. */
export const POST = (request: Request): Promise<Response> => answerForm(request, (form, caller) =>
  answerTyped({ page: '/account/password', typed: {}, next: '/account' }, async () => (await caller()).account.changePassword({
    password: fieldOf(form, 'password').slice(0, 500), newPassword: fieldOf(form, 'newPassword').slice(0, 500),
  })))
