import { getCaller } from '../../../_trpc/caller.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf } from '../read-form.ts'

/** Keeps what the owner of a registered account says of themselves. Open to who is logged in to one; the procedure decides. */
export const POST = (request: Request): Promise<Response> => answerForm(request, (form) => {
  const typed = {
    name: fieldOf(form, 'name').slice(0, 200), mailingAddress: fieldOf(form, 'mailingAddress').slice(0, 300), barNumber: fieldOf(form, 'barNumber').slice(0, 100),
  }
  return answerTyped({ page: '/account/details', typed, next: '/account' }, async () => (await getCaller()).account.editDetails(typed))
})
