import { ownPath } from '../../../../server/contract/own-path.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf } from '../read-form.ts'

const longestNext = 1000
const pages = ['/login/second-factor', '/account/second-factor'] as const

/** The second factor of an operator: proposes one, takes its first code, or takes a code at a log-in. The procedures decide; nothing typed comes back. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form, caller) => {
  const next = ownPath(fieldOf(form, 'next').slice(0, longestNext))
  const page = pages.find((one) => one === fieldOf(form, 'page')) ?? pages[0]
  const here = next === null ? page : `${page}?${new URLSearchParams({ next })}`
  const isLoggingIn = page === '/login/second-factor'
  const code = fieldOf(form, 'code').slice(0, 100)
  const { account } = await caller()
  switch (fieldOf(form, 'action')) {
    case 'propose': return answerTyped({ page: here, typed: {} }, async () => {
      await account.proposeSecondFactor({ code })
      return {}
    })
    case 'confirm': return answerTyped({ page: here, typed: {}, next: isLoggingIn ? next ?? '/operator' : page }, async () => {
      const { message } = await account.confirmSecondFactor({ code })
      return isLoggingIn ? {} : { message }
    })
    case 'give': return answerTyped({ page: here, typed: {}, next: next ?? '/operator' }, async () => {
      await account.giveSecondFactor({ code })
      return {}
    })
    default: return new Response('Not found.', { status: 404, headers: { 'cache-control': 'no-store' } })
  }
})
