import { ownPath } from '../../../../server/contract/own-path.ts'
import { getCaller } from '../../../_trpc/caller.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf } from '../read-form.ts'

const longestNext = 1000

/** Logs in, and goes on to a page of ours (S10). Open to anyone; the procedure decides. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) => {
  const email = fieldOf(form, 'email').slice(0, 500)
  const next = ownPath(fieldOf(form, 'next').slice(0, longestNext))
  const cookies: string[] = []
  const answer = await answerTyped({ page: `/login${next === null ? '' : `?${new URLSearchParams({ next })}`}`, typed: { email }, next: next ?? '/my-cases' }, async () => {
    await (await getCaller((cookie) => cookies.push(cookie))).account.logIn({ email, password: fieldOf(form, 'password').slice(0, 500) })
    return {}
  })
  for (const cookie of cookies) answer.headers.append('set-cookie', cookie)
  return answer
})
