import type { Caller } from '../../../server/runtime.ts'
import { getCaller } from '../../_trpc/caller.ts'
import { answerSafely } from '../answer-safely.ts'
import { isFromOurPage, refuseForeign } from '../from-our-page.ts'

/**
 * Answers a form post from a page of ours; one from elsewhere is refused, and so is a body that is no form. What `caller` calls may set
 * cookies.
 */
export async function answerForm(request: Request, answer: (form: FormData, caller: () => Promise<Caller>) => Promise<Response>): Promise<Response> {
  if (!isFromOurPage(request)) return refuseForeign()
  const form = await request.formData().catch(() => undefined)
  if (!form) return new Response('This is not a form that was filled in here.', { status: 400 })
  const cookies: string[] = []
  const answered = await answerSafely(() => answer(form, () => getCaller((cookie) => cookies.push(cookie))))
  for (const cookie of cookies) answered.headers.append('set-cookie', cookie)
  return answered
}

/** Of a link that a form bears: far longer than any of ours, short enough to be written into an address. */
export const longestToken = 1000

/** One field as typed; absent counts as empty. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** The captcha's answer, whoever provides it. */
export const captchaOf = (form: FormData): string => fieldOf(form, 'altcha') || fieldOf(form, 'h-captcha-response')
