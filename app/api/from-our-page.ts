import { getRuntime } from '../../server/runtime-handle.ts'

/** Whether a post comes from a page of ours (S10): a browser says so; what is no browser need not. */
export function isFromOurPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = request.headers.get('origin')
  return origin === null || origin === getRuntime().site.origin
}

/** The answer to a post from elsewhere. */
export const refuseForeign = (): Response => new Response('This can only be sent from a page of this service.', { status: 403 })
