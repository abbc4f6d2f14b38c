import { getCaller } from '../../../_trpc/caller.ts'
import { answerAct } from '../answer-act.ts'
import { answerForm, fieldOf, longestToken } from '../read-form.ts'

/** YES on the page that stops a watch (G7). Open to whoever holds its link. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) => {
  const token = fieldOf(form, 'token').slice(0, longestToken)
  return answerAct(`/stop-watch/${encodeURIComponent(token)}`, async () => (await getCaller()).links.stopWatch({ token }))
})
