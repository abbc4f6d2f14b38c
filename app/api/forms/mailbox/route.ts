import { getCaller } from '../../../_trpc/caller.ts'
import { answerAct } from '../answer-act.ts'
import { answerForm, fieldOf } from '../read-form.ts'

/** The buttons of the local mailbox, and the answers to its texts. The procedures refuse where mail goes elsewhere. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) =>
  answerAct('/mailbox', async () => {
    const { mailbox } = await getCaller()
    const body = fieldOf(form, 'reply')
    if (body !== '') return mailbox.reply({ id: Number(fieldOf(form, 'id')), body })
    return fieldOf(form, 'action') === 'entry' ? mailbox.addEntry() : mailbox.holdEvening()
  }))
