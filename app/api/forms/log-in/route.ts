import { ownPath } from '../../../../server/contract/own-path.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf } from '../read-form.ts'

const longestNext = 1000

/** Logs in, and goes on to a page of ours (S10); an operator by way of the second factor. Open to anyone; the procedure decides. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form, caller) => {
  const email = fieldOf(form, 'email').slice(0, 500)
  const next = ownPath(fieldOf(form, 'next').slice(0, longestNext))
  const page = fieldOf(form, 'page') === '/login/operator' ? '/login/operator' : '/login'
  const withNext = (path: string): string => (next === null ? path : `${path}?${new URLSearchParams({ next })}`)
  const found = { isOperator: false }
  const answer = await answerTyped({ page: withNext(page), typed: { email }, next: next ?? '/my-cases' }, async () => {
    const password = fieldOf(form, 'password').slice(0, 500)
    found.isOperator = (await (await caller()).account.logIn({ email, password })).needsSecondFactor
    return {}
  })
  if (found.isOperator) answer.headers.set('location', withNext('/login/second-factor'))
  return answer
})
