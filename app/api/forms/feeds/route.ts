import { getCaller } from '../../../_trpc/caller.ts'
import { answerAct } from '../answer-act.ts'
import { answerForm, fieldOf } from '../read-form.ts'

/** Makes or revokes a private address of whoever is logged in (G5). */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) => {
  const feed = fieldOf(form, 'feed') === 'atom' ? 'atom' : 'calendar'
  return answerAct('/my-cases/feeds', async () => {
    const { feeds } = (await getCaller()).myCases
    return fieldOf(form, 'act') === 'revoke' ? feeds.revoke({ feed }) : feeds.make({ feed })
  })
})
