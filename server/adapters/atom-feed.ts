import { Feed } from 'feed'
import { displayText } from '../contract/display-text.ts'
import type { DocketFeed } from '../contract/feeds-view.ts'

// What XML 1.0 has no way to hold, however it is written; control characters are gone by then.
const unwritable = /[\uFFFE\uFFFF]/g

const plain = (text: string): string => displayText(text.toWellFormed()).replace(unwritable, '')
const oneLine = (text: string): string => plain(text).replace(/\s+/g, ' ').trim()

// As HTML, which is what the vendor calls it: its own escaping lets through what ends its sections.
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? '')

/** The feed as Atom (RFC 4287). What others wrote stays text, and XML of version 1.0, whatever it holds (H3). The same feed always gives the same bytes. */
export function atomFeed({ id, title, subtitle, address, pageAddress, author, updatedAt, entries }: DocketFeed): string {
  const feed = new Feed({
    id, title: oneLine(title), description: oneLine(subtitle), link: pageAddress, feed: address, updated: updatedAt, generator: false,
    author: { name: oneLine(author) }, copyright: '',
  })
  for (const entry of entries) {
    feed.addItem({
      id: entry.id, title: escaped(oneLine(entry.title)), link: entry.address, date: entry.updatedAt,
      ...(entry.publishedAt !== null && { published: entry.publishedAt }),
      content: plain(entry.text).split('\n').map((line) => escaped(line)).join('<br>\n'),
    })
  }
  return feed.atom1()
}
