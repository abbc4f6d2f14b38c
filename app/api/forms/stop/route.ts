import { getCaller } from '../../../_trpc/caller.ts'
import { answerAct } from '../answer-act.ts'
import { fieldOf, isFromOurPage, refuseForeign } from '../same-site.ts'

/** YES on a stop page (E1, E2). Open to whoever holds its link. */
export async function POST(request: Request): Promise<Response> {
  if (!isFromOurPage(request)) return refuseForeign()
  const form = await request.formData()
  const token = fieldOf(form, 'token').slice(0, 100)
  const scope = fieldOf(form, 'scope') === 'all' ? 'all' : 'case'
  const choice = fieldOf(form, 'choice') === 'textOnly' ? 'textOnly' : 'emailAndText'
  const page = `/${scope === 'all' ? 'stop-all' : 'stop'}/${encodeURIComponent(token)}?choice=${choice}`
  return answerAct(page, async () => (await getCaller()).links.stop({ token, scope, choice }))
}
