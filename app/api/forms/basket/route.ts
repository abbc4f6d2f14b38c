import { ownPath } from '../../../../server/contract/own-path.ts'
import { mostInBasket } from '../../../../server/contract/several-view.ts'
import { getRuntime } from '../../../../server/runtime-handle.ts'
import { basketCase, basketCookie, putIntoBasket, readBasket, type BasketCase } from '../../../_trpc/basket.ts'
import { getCaller } from '../../../_trpc/caller.ts'
import { answerWith } from '../../../_trpc/form-answer.ts'
import { answerForm, fieldOf } from '../read-form.ts'

const basketPath = '/my-cases/basket'

/** Puts cases into the basket or takes one out (G6): nothing is tracked yet. For who is logged in. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) => {
  const { isSecure } = getRuntime()
  const visitor = await (await getCaller()).account.me()
  const back = ownPath(fieldOf(form, 'back').slice(0, 2_000)) ?? basketPath
  if (visitor === null) return new Response(null, { status: 303, headers: { location: `/login?${new URLSearchParams({ next: back })}`, 'cache-control': 'no-store' } })
  const basket = await readBasket(visitor.emailAddress)
  const [removed] = casesIn([form.get('remove')])
  const chosen = casesIn(form.getAll('case'))
  const changed = removed ? basket.filter((one) => one.number !== removed.number || one.court !== removed.court)
    : putIntoBasket(basket, chosen, visitor.emailAddress)
  const message = removed ? 'The case is out of your basket.' : addedWords(chosen.length, changed.length - basket.length, changed.length)
  const answer = answerWith(removed ? basketPath : back, { kind: 'result', message, textMessage: null, email: null, values: null }, isSecure)
  answer.headers.append('set-cookie', basketCookie(changed, visitor.emailAddress, isSecure))
  return answer
})

const casesIn = (values: readonly (FormDataEntryValue | null)[]): BasketCase[] => values.flatMap((value) => {
  try {
    return typeof value === 'string' ? basketCase(JSON.parse(value)) : []
  } catch {
    return []
  }
})

function addedWords(chosen: number, added: number, inBasket: number): string {
  if (chosen === 0) return 'Choose a case first: no case was added.'
  const basket = `Your basket has ${inBasket === 1 ? '1 case' : `${inBasket} cases`}.`
  if (added === 0 && inBasket >= mostInBasket) return `No case was added. ${basket} It can hold no more.`
  return `${added === 1 ? '1 case was' : `${added} cases were`} added. ${basket}`
}
