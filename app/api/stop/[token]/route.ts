import { getRuntime } from '../../../../server/runtime-handle.ts'
import { getCaller } from '../../../_trpc/caller.ts'
import { answerSafely } from '../../answer-safely.ts'

/**
 * One click in the mail program stops a case by e-mail and text (E4, RFC 8058). Open to whoever holds the link: no cookie,
 * no redirect, whatever the body's encoding, and the same answer for every token.
 */
export const POST = (_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> => answerSafely(async () => {
  const { token } = await params
  try {
    await (await getCaller()).links.stop({ token, scope: 'case', choice: 'emailAndText', isOneClick: true })
  } catch (error) {
    // A link that is none answers like one that is; only what may work later says so.
    if (getRuntime().refusalOf(error)?.code !== 'linkInvalid') throw error
  }
  return new Response(null, { status: 200 })
})
