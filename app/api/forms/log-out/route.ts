import { answerTyped } from '../answer-typed.ts'
import { answerForm } from '../read-form.ts'

/** Ends the session of who presses it. Open to anyone. */
export const POST = (request: Request): Promise<Response> => answerForm(request, (_, caller) =>
  answerTyped({ page: '/', typed: {} }, async () => {
    await (await caller()).account.logOut()
    return {}
  }))
