import { getCaller } from '../../../_trpc/caller.ts'
import { answerAct } from '../answer-act.ts'
import { answerForm, fieldOf } from '../read-form.ts'

/** The two buttons of the local mailbox. The procedures refuse where mail goes elsewhere. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) =>
  answerAct('/mailbox', async () => {
    const { mailbox } = await getCaller()
    return fieldOf(form, 'action') === 'entry' ? mailbox.addEntry() : mailbox.holdEvening()
  }))
