import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf } from '../read-form.ts'

/** Deletes the account. Open to who is logged in, with the password; the procedure decides. */
export const POST = (request: Request): Promise<Response> => answerForm(request, (form, caller) =>
  answerTyped({ page: '/account/delete', typed: {}, next: '/login' }, async () => {
    const { account } = await caller()
    const done = await account.delete({ password: fieldOf(form, 'password').slice(0, 500) })
    await account.logOut()
    return done
  }))
