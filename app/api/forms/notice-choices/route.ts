import { getCaller } from '../../../_trpc/caller.ts'
import { answerAct } from '../answer-act.ts'
import { answerForm, fieldOf } from '../read-form.ts'

/** How an account's notices come (F2, F11). Open to who is logged in. */
export const POST = (request: Request): Promise<Response> => answerForm(request, (form) => answerAct('/account', async () =>
  (await getCaller()).account.chooseNotices({ isBundled: fieldOf(form, 'isBundled') !== '', isPrivate: fieldOf(form, 'isPrivate') !== '' })))
