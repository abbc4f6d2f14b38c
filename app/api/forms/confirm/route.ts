import { fieldOf, isFromOurPage, refuseForeign } from '../same-site.ts'
import { getCaller } from '../../../_trpc/caller.ts'
import { answerAct } from '../answer-act.ts'

/** The one button of a confirm page (C2). Open to whoever holds its link. */
export async function POST(request: Request): Promise<Response> {
  if (!isFromOurPage(request)) return refuseForeign()
  const token = fieldOf(await request.formData(), 'token').slice(0, 100)
  return answerAct(`/confirm/${encodeURIComponent(token)}`, async () => (await getCaller()).links.confirm({ token }))
}
