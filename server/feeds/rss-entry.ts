import type { Temporal } from 'temporal-polyfill'
import { docketTitle } from './docket-title.ts'
import { hashedId, sequenceId } from './entry-id.ts'
import { decodeEntities, plainText } from './plain-text.ts'
import { readRfc822Date } from './rfc822-date.ts'
import type { RssItem } from './rss-items.ts'

/** What one item of a federal court's RSS feed says. `caption` is null where the title holds only the number. */
export interface RssEntry {
  readonly number: string
  readonly caption: string | null
  readonly caseType: string | null
  readonly id: string
  readonly entryNumber: string | null
  readonly filedAt: Temporal.Instant
  readonly description: string
  readonly text: string
}

/** The link to the entry's document, with the brackets around it; its text is the number on the docket, or a word. */
const documentLink = /\(?\s*<a\s[^<>]*\/docs?1\/([^<>]*)>([^<]*)<\/a\s*>\s*\)?/i

/** An item's entry, or the reason why it is none. */
export function readRssEntry(item: RssItem): RssEntry | string {
  const title = decodeEntities(item.title)
  const [, number = '', caption = ''] = /^(\S*)\s*(.*)$/s.exec(title) ?? []
  if (title === '') return 'This item has no title, and the title says which case it belongs to.'
  // A number of an unknown form is kept as it stands (A1), but a name is not one.
  if (!/\d/.test(number) || !/[-:]|^\d+$/.test(number)) return 'The title of this item does not begin with a case number.'
  if (item.pubDate.trim() === '') return 'This item has no publication date.'
  const filedAt = readRfc822Date(item.pubDate)
  if (typeof filedAt === 'string') return `The publication date of this item ${filedAt}.`

  const link = documentLink.exec(item.description)
  const linkText = (link?.[2] ?? '').trim()
  const { description, text } = partDescription(plainText(item.description.replace(documentLink, ' ')))
  if (description === '') return 'This item has no description.'
  return {
    number,
    caption: caption === '' ? null : caption,
    caseType: (/^\d+:\d\d-([a-z]{2})-\d/i.exec(number)?.[1] ?? /^Type: ([a-z]{2})\b/i.exec(text)?.[1])?.toUpperCase() ?? null,
    id: entryId(item, link?.[1] ?? ''),
    entryNumber: /^\d+$/.test(linkText) ? linkText : null,
    filedAt,
    description,
    text,
  }
}

/** `[Notice (Other)]` is the description, inner brackets included; everything else around it is the entry's text. */
function partDescription(plain: string): { description: string; text: string } {
  const open = plain.indexOf('[')
  if (open === -1) return { description: plain === '' ? '' : docketTitle(plain), text: plain }
  let depth = 0
  let close = -1
  for (let at = open; at < plain.length && close === -1; at += 1) {
    if (plain[at] === '[') depth += 1
    else if (plain[at] === ']' && (depth -= 1) === 0) close = at
  }
  const end = close === -1 ? plain.length : close
  const around = [plain.slice(0, open), plain.slice(end + 1)].map((part) => part.trim()).filter((part) => part !== '')
  return { description: plain.slice(open + 1, end).trim(), text: around.join('\n') }
}

/**
 * The entry's place in its case, as the guid says it (`DktRpt.pl?1000&10`, `DktRpt.pl?2000-19`, `partId=3000`), or
 * the link to its document; without either an id made from what the item says.
 */
function entryId(item: RssItem, documentQuery: string): string {
  const guid = item.guid.trim()
  const part = /[?&]partId=(\d+)/i.exec(guid)?.[1]
  if (part !== undefined) return `part-${part}`
  const sequence = /DktRpt\.pl\?\d+[&-](\d+)/i.exec(guid)?.[1] ?? /[?&;]de_seq_num=(\d+)/i.exec(documentQuery)?.[1]
  if (sequence !== undefined) return sequenceId(sequence)
  return guid === '' ? hashedId('item', item.pubDate.trim(), item.description.trim()) : hashedId('guid', guid)
}
