import Negotiator from 'negotiator'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import send from 'send'

const underUrl = '/_next/static/'
// Shorter first: of two that a browser takes, it gets this one.
const endings = { br: '.br', gzip: '.gz' } as const
// What server/boot/compress-built.mjs leaves such files of.
const contentTypes: Readonly<Partial<Record<string, string>>> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' }

/**
 * Sends scripts and styles as they were compressed when the pages were built: smaller than what can be done while a browser
 * waits, and without doing it again for each. A name belongs to its content, so that browsers keep it for good.
 *
 * `folder` holds what Next serves below `/_next/static/`. What there is no compressed file of for this request goes to `otherwise`.
 */
export function sendBuiltFile(request: IncomingMessage, response: ServerResponse, { folder, otherwise }: { folder: string; otherwise: () => void }): void {
  const [path = ''] = (request.url ?? '').split('?')
  const type = contentTypes[extname(path)]
  const accepted = new Negotiator(request).encodings(Object.keys(endings))
  const encoding = (['br', 'gzip'] as const).find((name) => accepted.includes(name))
  if (!path.startsWith(underUrl) || type === undefined || encoding === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
    otherwise()
    return
  }
  let isBegun = false
  send(request, path.slice(underUrl.length - 1) + endings[encoding], { root: folder, maxAge: '1y', immutable: true, index: false, dotfiles: 'ignore', acceptRanges: false })
    .on('headers', () => {
      isBegun = true
      response.setHeaders(new Map(Object.entries({ 'Content-Type': type, 'Content-Encoding': encoding, Vary: 'Accept-Encoding' })))
    })
    .on('error', () => {
      // Gone while it was sent, as when pages are built anew: the browser shall not take a part for the whole.
      if (isBegun) response.destroy()
      else otherwise()
    })
    .pipe(response)
}
