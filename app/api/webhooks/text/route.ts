import { getRuntime } from '../../../../server/runtime-handle.ts'
import { answerSafely } from '../../answer-safely.ts'

/**
 * What the text provider tells (contract.md, section 4): what became of a text, and replies of phones. It signs each call;
 * without that 401 and an empty body. 404 where texts leave another way.
 */
export const POST = (request: Request): Promise<Response> => answerSafely(async () => {
  const { pathname, search } = new URL(request.url)
  const outcome = await getRuntime().takeTextCall({
    signature: request.headers.get('x-twilio-signature') ?? '', path: pathname + search, body: await request.text(),
  })
  switch (outcome) {
    case 'closed': return new Response(null, { status: 404 })
    case 'forged': return new Response(null, { status: 401 })
    // An answer in its own language that says nothing: what there is to say leaves as a text of ours.
    case 'taken': return new Response('<?xml version="1.0" encoding="UTF-8"?><Response/>', { headers: { 'content-type': 'text/xml', 'cache-control': 'no-store' } })
  }
})
