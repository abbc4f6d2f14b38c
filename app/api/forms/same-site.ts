import { getRuntime } from '../../../server/runtime-handle.ts'

/** Whether a form post comes from a page of ours; a browser always says where it comes from (S10). */
export function isFromOurPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = request.headers.get('origin')
  return origin === null || origin === new URL(getRuntime().site.origin).origin
}

/** The answer to a post from elsewhere. */
export const refuseForeign = (): Response => new Response('This form can only be sent from its own page.', { status: 403 })

/** One field as typed; absent counts as empty. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
