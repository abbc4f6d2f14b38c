import { Parser } from 'htmlparser2'

const itemFields = ['title', 'link', 'description', 'guid', 'pubDate'] as const
type ItemField = (typeof itemFields)[number]

/** One item of an RSS feed, its fields as XML says them: still HTML inside, `''` where a field is not there. */
export type RssItem = Readonly<Record<ItemField, string>>

export interface RssChannel {
  readonly title: string
  readonly link: string
  readonly items: readonly RssItem[]
}

const fieldByTag = new Map<string, ItemField>(itemFields.map((field) => [field.toLowerCase(), field]))
const otherRssTags = new Set([
  'rss', 'channel', 'item', 'image', 'author', 'category', 'comments', 'enclosure', 'source', 'lastbuilddate', 'language', 'generator',
  'docs', 'ttl', 'copyright', 'managingeditor', 'webmaster',
])

const noItem = (): Record<ItemField, string> => ({ title: '', link: '', description: '', guid: '', pubDate: '' })

/**
 * The channel of an RSS document and its items in order; null where the document has neither. Forgives what courts
 * publish: tags that are never closed, HTML that was not escaped, a document that breaks off.
 */
export function readRssItems(xml: string): RssChannel | null {
  const channel = noItem()
  const items: RssItem[] = []
  let item: Record<ItemField, string> | null = null
  let field: ItemField | null = null
  const seen = { isRss: false }

  const parser = new Parser({
    onopentag: (name, attributes) => {
      const tag = name.toLowerCase()
      const opened = fieldByTag.get(tag)
      if (tag === 'item' || tag === 'channel') {
        seen.isRss = true
        field = null
        if (tag === 'item') items.push((item = noItem()))
      } else if (opened !== undefined) {
        field = opened
      } else if (otherRssTags.has(tag)) {
        field = null
      } else if (field !== null) {
        // HTML that the court did not escape: put back, for the reader of the field to take apart.
        const href = attributes['href']
        append(`<${name}${href === undefined ? '' : ` href="${href}"`}>`)
      }
    },
    ontext: (piece) => {
      append(piece)
    },
    onclosetag: (name) => {
      const tag = name.toLowerCase()
      if (tag === 'item') item = null
      if (tag === 'item' || fieldByTag.get(tag) === field) field = null
      else if (field !== null && !fieldByTag.has(tag) && !otherRssTags.has(tag)) append(`</${name}>`)
    },
  }, { xmlMode: true, decodeEntities: true })

  const append = (piece: string): void => {
    if (field === null) return
    const owner = item ?? (items.length === 0 ? channel : null)
    if (owner) owner[field] += piece
  }
  parser.end(xml)
  return seen.isRss ? { title: channel.title, link: channel.link, items } : null
}

/** The text of an XML document in the encoding that it declares; without one UTF-8, or Windows-1252 where it is not that. */
export function decodeXml(bytes: Uint8Array): { readonly xml: string } | { readonly fault: string } {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const declared = /^(?:ï»¿)?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/i.exec(head)?.[1]
  if (declared === undefined || /^utf-?8$/i.test(declared) || head.startsWith('ï»¿')) {
    try {
      return { xml: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
    } catch {
      return { xml: new TextDecoder('windows-1252').decode(bytes) }
    }
  }
  try {
    return { xml: new TextDecoder(declared).decode(bytes) }
  } catch {
    return { fault: 'This file declares a text encoding that is not known here.' }
  }
}
