import { getCaller } from '../../../_trpc/caller.ts'
import { answerAct } from '../answer-act.ts'
import { answerForm, fieldOf } from '../read-form.ts'

/** An account asks for an e-mail to its own address, whose link ends a pause for want of delivery (G4). Open to who is logged in. */
export const POST = (request: Request): Promise<Response> => answerForm(request, (form) =>
  answerAct(fieldOf(form, 'next') === '/my-cases' ? '/my-cases' : '/account', async () => (await getCaller()).account.requestMending()))
