import { mostChosenCases, myCasesAddress, myCasesErrors, note as noteOf } from '../../../../server/contract/my-cases-view.ts'
import { ownPath } from '../../../../server/contract/own-path.ts'
import { entryChoices } from '../../../../server/contract/vocabulary.ts'
import { getRuntime } from '../../../../server/runtime-handle.ts'
import { getCaller } from '../../../_trpc/caller.ts'
import { answerWith } from '../../../_trpc/form-answer.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf } from '../read-form.ts'
import { readCaseList } from '../several/read-case-list.ts'

/** Does what a button of My Cases asks (G2), for the cases that are ticked. Open to who is logged in; the procedures decide. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) => {
  const { myCases } = await getCaller()
  const goTo = (path: string): Response => new Response(null, { status: 303, headers: { location: path, 'cache-control': 'no-store' } })
  const page = backOf(form)
  const ids = form.getAll('case').slice(0, mostChosenCases).map(Number)
  const action = fieldOf(form, 'action')
  if (action === 'seen') return answerTyped({ page, typed: {} }, () => myCases.seen({ through: Number(fieldOf(form, 'through')) }))
  if (action === 'track') {
    const number = fieldOf(form, 'number')
    const [line = { number, court: null }] = readCaseList(number.split(/[\r\n]/)[0] ?? '')
    return answerTyped({ page, typed: { number } }, () => myCases.track(line))
  }
  if (action === 'back') return goTo(page)
  if (ids.length === 0) return answerWith(page, { kind: 'refused', message: myCasesErrors.noneChosen, values: null }, getRuntime().isSecure)
  const named = ids.map((id): [string, string] => ['case', String(id)])
  const isOn = (name: string): boolean => form.has(name)
  const options = { eventTenDays: isOn('eventTenDays'), eventTwoDays: isOn('eventTwoDays'), paymentTwoDays: isOn('paymentTwoDays') }
  switch (action) {
    case 'export': return goTo(`/my-cases/export.csv?${new URLSearchParams(named)}`)
    case 'askStop': return goTo(`/my-cases/chosen?${new URLSearchParams([...named, ['back', page]])}`)
    case 'askOptions': return goTo(`/my-cases/chosen?${new URLSearchParams([...named, ['do', 'options'], ['back', page]])}`)
    case 'pause': {
      const until = fieldOf(form, 'until')
      return answerTyped({ page, typed: { until } }, () => myCases.pause({ ids, until: until === '' ? null : until }))
    }
    case 'resume': return answerTyped({ page, typed: {} }, () => myCases.resume({ ids }))
    case 'stop': return answerTyped({ page, typed: {} }, () => myCases.stop({ ids, choice: 'emailAndText' }))
    case 'stopTexts': return answerTyped({ page, typed: {} }, () => myCases.stop({ ids, choice: 'textOnly' }))
    case 'reminders': return answerTyped({ page, typed: {} }, () => myCases.options({ ids, options }))
    case 'options': {
      const note = fieldOf(form, 'note')
      const entryChoice = entryChoices.find((one) => one === fieldOf(form, 'entryChoice'))
      return answerTyped({ page, typed: { note } }, () => myCases.options({ ids, options, entryChoice, note: noteOf.safeParse(note).data }))
    }
    default: return new Response('This form does not say what to do.', { status: 400 })
  }
})

/** Where the form stood: a page of My Cases. */
function backOf(form: FormData): string {
  const back = ownPath(fieldOf(form, 'back').slice(0, 1_000))
  return back !== null && /^\/my-cases(?=[/?]|$)/.test(back) ? back : myCasesAddress({})
}
