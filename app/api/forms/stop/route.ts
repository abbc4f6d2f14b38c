import { getCaller } from '../../../_trpc/caller.ts'
import { answerAct } from '../answer-act.ts'
import { answerForm, fieldOf, longestToken } from '../read-form.ts'

/** YES on a stop page (E1, E2). Open to whoever holds its link. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) => {
  const token = fieldOf(form, 'token').slice(0, longestToken)
  const scope = fieldOf(form, 'scope') === 'all' ? 'all' : 'case'
  const choice = fieldOf(form, 'choice') === 'textOnly' ? 'textOnly' : 'emailAndText'
  const page = `/${scope === 'all' ? 'stop-all' : 'stop'}/${encodeURIComponent(token)}?choice=${choice}`
  return answerAct(page, async () => (await getCaller()).links.stop({ token, scope, choice }))
})
