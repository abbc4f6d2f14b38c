import { getRuntime } from '../../../server/runtime-handle.ts'
import { answerWith } from '../../_trpc/form-answer.ts'

/** Does what a button asks and answers with its page, which then shows what was done or why it was not. */
export async function answerAct(page: string, act: () => Promise<{ message: string; textMessage?: string | null }>): Promise<Response> {
  const { isSecure, refusalOf } = getRuntime()
  try {
    const { message, textMessage = null } = await act()
    return answerWith(page, { kind: 'result', message, textMessage, email: null, values: null }, isSecure)
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    return answerWith(page, { kind: 'refused', message: refusal.message, values: null }, isSecure)
  }
}
