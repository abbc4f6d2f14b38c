/**
 * The path of a page of ours, no file or procedure, that an address names as the place to go on to (S10), with its query; null for anything that
 * leads elsewhere, however it is spelled.
 */
export function ownPath(next: string): string | null {
  if (!/^\/(?![/\\])/.test(next) || /[\p{Cc}\\]/u.test(next)) return null
  const nowhere = 'http://own.invalid'
  const url = URL.canParse(next, nowhere) ? new URL(next, nowhere) : null
  return url?.origin === nowhere && !url.pathname.startsWith('//') && isPage(url.pathname) ? `${url.pathname}${url.search}` : null
}

function isPage(path: string): boolean {
  const [first = '', ...rest] = path.slice(1).split('/').map(decoded)
  return first !== 'api' && first !== 'feeds' && !/^_|\./.test(first) && !(first === 'cases' && ['calendar.ics', 'docket.atom'].includes(rest.at(-1) ?? ''))
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
