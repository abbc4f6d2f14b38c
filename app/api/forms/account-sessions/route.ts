import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf } from '../read-form.ts'

/** Ends one session, or all but the one that asks. Open to who is logged in; the procedure decides. */
export const POST = (request: Request): Promise<Response> => answerForm(request, (form, caller) =>
  answerTyped({ page: '/account', typed: {} }, async () => {
    const { account } = await caller()
    return form.has('id') ? account.endSession({ id: Number(fieldOf(form, 'id')) }) : account.endOtherSessions()
  }))
