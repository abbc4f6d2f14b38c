import { getCaller } from '../../../_trpc/caller.ts'
import { answerAct } from '../answer-act.ts'
import { fieldOf, isFromOurPage, refuseForeign } from '../same-site.ts'

/** The two buttons of the local mailbox. The procedures refuse where mail goes elsewhere. */
export async function POST(request: Request): Promise<Response> {
  if (!isFromOurPage(request)) return refuseForeign()
  const action = fieldOf(await request.formData(), 'action')
  return answerAct('/mailbox', async () => {
    const { mailbox } = await getCaller()
    return action === 'entry' ? mailbox.addEntry() : mailbox.holdEvening()
  })
}
