import { getCaller } from '../../../_trpc/caller.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf, longestToken } from '../read-form.ts'

/** Chooses a new password. Open to whoever holds its link. */
export const POST = (request: Request): Promise<Response> => answerForm(request, (form) => {
  const token = fieldOf(form, 'token').slice(0, longestToken)
  const password = fieldOf(form, 'password').slice(0, 500)
  return answerTyped({ page: `/reset/${encodeURIComponent(token)}`, typed: {}, next: '/login' }, async () =>
    (await getCaller()).account.resetPassword({ token, password }))
})
