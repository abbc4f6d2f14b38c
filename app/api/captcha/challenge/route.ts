import { answerSafely } from '../../answer-safely.ts'
import { getRuntime } from '../../../../server/runtime-handle.ts'

/** A fresh challenge for the local captcha; 404 with another provider. Open to anyone. */
export const GET = (): Promise<Response> => answerSafely(async () => {
  const challenge = await getRuntime().captcha.createChallenge()
  if (challenge === null) return new Response(null, { status: 404 })
  return Response.json(challenge, { headers: { 'cache-control': 'no-store' } })
})
