import Negotiator from 'negotiator'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'

// The smaller first: of those that a browser takes, it gets this one.
const encodings = [{ encoding: 'br', ending: '.br' }, { encoding: 'gzip', ending: '.gz' }]
// What server/boot/compress-built.mjs compresses.
const contentTypes: Readonly<Partial<Record<string, string>>> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' }

interface BuiltFile {
  readonly type: string
  readonly compressed: readonly { readonly encoding: string; readonly content: Buffer }[]
}

/**
 * Scripts and styles as they were compressed when the pages were built: smaller than what can be done while a browser waits, and
 * not done again for each. `folder` holds what Next serves below `/_next/static/`. It is read once, half a megabyte: pages that are
 * open go on while others are built.
 *
 * What comes back answers a request whose client takes such a file; false: it is still to be answered.
 */
export function readBuiltFiles(folder: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const files = new Map(namesIn(folder).flatMap((name): [string, BuiltFile][] => {
    const type = contentTypes[extname(name)]
    return type === undefined ? [] : [[`/_next/static/${name}`, { type, compressed: readCompressed(join(folder, name)) }]]
  }))
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    const file = files.get(path)
    if (file === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return false
    const accepted = new Negotiator(request).encodings(file.compressed.map(({ encoding }) => encoding))
    const sent = file.compressed.find(({ encoding }) => accepted.includes(encoding))
    if (sent === undefined) return false
    response.writeHead(200, {
      'Content-Type': file.type, 'Content-Encoding': sent.encoding, 'Content-Length': sent.content.length, Vary: 'Accept-Encoding',
      // Its name belongs to its content.
      'Cache-Control': 'public, max-age=31536000, immutable',
    }).end(sent.content)
    return true
  }
}

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])

const readCompressed = (file: string): BuiltFile['compressed'] => encodings.flatMap(({ encoding, ending }) =>
  (existsSync(file + ending) ? [{ encoding, content: readFileSync(file + ending) }] : []))
