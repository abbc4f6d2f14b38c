import { getRuntime } from '../../../server/runtime-handle.ts'
import { answerWith } from '../../_trpc/form-answer.ts'

/** What a browser may keep of what was typed in one field. */
const longestTyped = 600

interface TypedForm {
  /** The page of the form, which shows what was wrong. */
  readonly page: string
  /** What was typed and is to stand there again: never a password. */
  readonly typed: Readonly<Record<string, string>>
  /** Where it goes on to; by default the page itself, which says what was done. */
  readonly next?: string
}

/** Does what a form asks. What is refused goes back to its page with the errors and all that was typed (B6). */
export async function answerTyped({ page, typed, next }: TypedForm, act: () => Promise<{ readonly message?: string; readonly textMessage?: string | null; readonly email?: string }>): Promise<Response> {
  const { isSecure, refusalOf } = getRuntime()
  try {
    const { message, textMessage = null, email = null } = await act()
    if (message === undefined) return new Response(null, { status: 303, headers: { location: next ?? page, 'cache-control': 'no-store' } })
    return answerWith(next ?? page, { kind: 'result', message, textMessage, email, values: null }, isSecure)
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    const kept = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value.slice(0, longestTyped)]))
    const hasFields = Object.keys(refusal.fields).length > 0
    return answerWith(page, { kind: 'untaken', message: hasFields ? null : refusal.message, fields: refusal.fields, typed: kept }, isSecure)
  }
}
