import { getCaller } from '../../../_trpc/caller.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm } from '../read-form.ts'

/** Ends the session of who presses it. Open to anyone. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async () => {
  const cookies: string[] = []
  const answer = await answerTyped({ page: '/', typed: {} }, async () => {
    await (await getCaller((cookie) => cookies.push(cookie))).account.logOut()
    return {}
  })
  for (const cookie of cookies) answer.headers.append('set-cookie', cookie)
  return answer
})
