/**
 * The path of a page of ours that an address names as the place to go on to (S10), with its query; null for anything that
 * leads elsewhere, however it is spelled.
 */
export function ownPath(next: string): string | null {
  if (!/^\/(?![/\\])/.test(next) || /[\p{Cc}\\]/u.test(next)) return null
  const nowhere = 'http://own.invalid'
  const url = URL.canParse(next, nowhere) ? new URL(next, nowhere) : null
  return url?.origin === nowhere && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : null
}
