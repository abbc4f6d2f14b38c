import { answerAct } from '../answer-act.ts'
import { answerForm, fieldOf, longestToken } from '../read-form.ts'

/** The one button of a confirm page (C2). Open to whoever holds its link. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form, caller) => {
  const token = fieldOf(form, 'token').slice(0, longestToken)
  return answerAct(`/confirm/${encodeURIComponent(token)}`, async () => (await caller()).links.confirm({ token }))
})
