import { mostLines, type CaseLine, type LineOutcome } from '../../../../server/contract/several-view.ts'
import { getRuntime } from '../../../../server/runtime-handle.ts'
import { basketCookie, readBasket } from '../../../_trpc/basket.ts'
import { getCaller } from '../../../_trpc/caller.ts'
import { answerWith } from '../../../_trpc/form-answer.ts'
import { answerWithList } from '../../../_trpc/list-answer.ts'
import { answerForm, fieldOf } from '../read-form.ts'
import { readCaseList } from './read-case-list.ts'

/** Tracks the cases of a list or of the basket (G6). Open to who is logged in; the procedures decide. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) => {
  const options = { eventTenDays: form.has('eventTenDays'), eventTwoDays: form.has('eventTwoDays'), paymentTwoDays: form.has('paymentTwoDays') }
  const { isSecure, refusalOf } = getRuntime()
  const caller = await getCaller()
  const visitor = await caller.account.me()
  if (visitor === null) return new Response(null, { status: 303, headers: { location: '/login?next=%2Fmy-cases%2Fseveral', 'cache-control': 'no-store' } })
  const isBasket = fieldOf(form, 'action') === 'basket'
  const lines = !isBasket ? [...readCaseList(fieldOf(form, 'cases')), ...readCaseList(await fileText(form.get('file')))]
    : await readBasket(visitor.emailAddress)
  const answer = (error: string | null, outcomes: readonly LineOutcome[] = []): Response => answerWithList({
    error, options, counts: countsOf(outcomes), lines: lines.slice(0, mostLines).map(({ number, court }, at) => [number, court, outcomes[at] ?? null]),
  }, isSecure)
  if (lines.length === 0) return answer(isBasket ? 'Your basket is empty.' : 'Enter a case number, or choose a file.')
  if (lines.length > mostLines) return answer(`The list has ${lines.length} lines. Up to ${mostLines} can be taken at a time.`)
  try {
    const done = answer(null, await caller.myCases.several.track({ lines: lines.map(({ number, court }): CaseLine => ({ number, court })), options }))
    if (isBasket) done.headers.append('set-cookie', basketCookie([], visitor.emailAddress, isSecure))
    return done
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    return isBasket ? answerWith('/my-cases/basket', { kind: 'refused', message: refusal.message, values: null }, isSecure) : answer(refusal.message)
  }
})

function countsOf(outcomes: readonly LineOutcome[]): Record<LineOutcome, number> {
  const count = (outcome: LineOutcome): number => outcomes.filter((one) => one === outcome).length
  return { now: count('now'), already: count('already'), repeated: count('repeated'), wrong: count('wrong') }
}

/** A text file as spreadsheets write it: UTF-8, or UTF-16 with its mark. */
async function fileText(file: FormDataEntryValue | null): Promise<string> {
  if (file === null || typeof file === 'string') return ''
  const bytes = new Uint8Array(await file.arrayBuffer())
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes)
}
