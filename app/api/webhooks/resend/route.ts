import { getRuntime } from '../../../../server/runtime-handle.ts'
import { answerSafely } from '../../answer-safely.ts'

/**
 * What the mail provider tells (contract.md, section 4): that a mail arrived, came back or was called spam. It signs each call;
 * without that 401 and an empty body. 404 where no secret for it was named.
 */
export const POST = (request: Request): Promise<Response> => answerSafely(async () => {
  const header = (name: string): string => request.headers.get(name) ?? ''
  const outcome = await getRuntime().takeMailCall({
    id: header('svix-id'), timestamp: header('svix-timestamp'), signature: header('svix-signature'), body: await request.text(),
  })
  return new Response(null, { status: { closed: 404, forged: 401, taken: 200 }[outcome], headers: { 'cache-control': 'no-store' } })
})
