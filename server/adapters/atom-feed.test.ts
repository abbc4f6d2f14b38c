import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import type { DocketFeed, DocketFeedEntry } from '../contract/feeds-view.ts'
import { atomFeed } from './atom-feed.ts'

const entry: DocketFeedEntry = {
  id: 'tag:track.example.org,2026:entry/7', title: 'Motion filed', text: 'Filed November 20, 2026.\nBy Harbor.', address: 'https://track.example.org/cases/7/docket?court=A&x=1',
  updatedAt: new Date('2026-11-20T18:00:00Z'), publishedAt: new Date('2026-11-19T18:00:00Z'),
}
const feed: DocketFeed = {
  id: 'tag:track.example.org,2026:case/1', title: 'Case 7: docket entries', subtitle: 'Harbor v. Lowell', author: 'Circuit Court', updatedAt: entry.updatedAt,
  address: 'https://track.example.org/cases/7/docket.atom?court=A&x=1', pageAddress: 'https://track.example.org/cases/7/docket', entries: [entry],
}

interface Read {
  readonly names: readonly string[]
  readonly textOf: (name: string) => string[]
  readonly attributesOf: (name: string) => Record<string, string>[]
}

/** As a parser of XML reads it. */
function read(xml: string): Read {
  const names: string[] = []
  const texts: { name: string; text: string }[] = []
  const attributes: { name: string; attributes: Record<string, string> }[] = []
  const open: { name: string; text: string }[] = []
  const parser = new Parser({
    onopentag: (name, given) => {
      names.push(name)
      attributes.push({ name, attributes: given })
      open.push({ name, text: '' })
    },
    ontext: (text) => {
      const last = open.at(-1)
      if (last) last.text += text
    },
    onclosetag: (name, isImplied) => {
      expect(isImplied && !new RegExp(`<${name}(?: [^<>]*)?/>`).test(xml), `${name} is never closed`).toBe(false)
      const last = open.pop()
      if (last) texts.push(last)
    },
    onerror: (error) => expect.unreachable(error.message),
  }, { xmlMode: true, recognizeSelfClosing: true })
  parser.end(xml)
  expect(open).toEqual([])
  return {
    names,
    textOf: (name) => texts.filter((one) => one.name === name).map(({ text }) => text),
    attributesOf: (name) => attributes.filter((one) => one.name === name).map((one) => one.attributes),
  }
}

/** What a reader of feeds shows of `type="html"`: its text. */
function shown(html: string): string {
  const [names, words]: [string[], string[]] = [[], []]
  const parser = new Parser({ onopentag: (name) => names.push(name), ontext: (text) => words.push(text) }, { decodeEntities: true })
  parser.end(html)
  expect(names.filter((name) => name !== 'br')).toEqual([])
  return words.join('')
}

// XML 1.0, section 2.2.
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

describe('an Atom feed', () => {
  it('has what RFC 4287 asks for', () => {
    const { names, textOf, attributesOf } = read(atomFeed(feed))
    expect(names).toEqual(['feed', 'id', 'title', 'updated', 'author', 'name', 'link', 'link', 'subtitle', 'entry', 'title', 'id', 'link', 'updated', 'content', 'published'])
    expect(attributesOf('feed')).toEqual([{ xmlns: 'http://www.w3.org/2005/Atom' }])
    expect(textOf('id')).toEqual([feed.id, entry.id])
    expect(textOf('updated')).toEqual(['2026-11-20T18:00:00.000Z', '2026-11-20T18:00:00.000Z'])
    expect(attributesOf('link')).toEqual([{ rel: 'alternate', href: feed.pageAddress }, { rel: 'self', href: feed.address }, { href: entry.address }])
    expect(textOf('content').map(shown)).toEqual([entry.text])
  })

  it('is the same, byte for byte, whenever it is made, and stands without entries', () => {
    expect(atomFeed(feed)).toBe(atomFeed(feed))
    expect(read(atomFeed({ ...feed, entries: [] })).names).not.toContain('entry')
  })

  describe('S11: hostile words', () => {
    it('takes whatever a court wrote as words, never as markup, and holds no character that XML has no way to hold (S11)', () => {
      const pieces = [
        '<script>alert(1)</script>', ']]>', ']]', '>', '&', '&amp;', '&lt;b&gt;', '&#0;', '<!--', '-->', '<![CDATA[', '<?xml?>', '"', "'", '\u0000', '\u0001', '\u001b[31m', '\u007f', '\u0085', '\u2028',
        '\u202eevil\u2066', '\ud83d', '\udc69', '👩', '\ufffe', '\uffff', '審é', '\r\n', '\n', '\t', 'a', ' ', '</entry>', '<entry>', '<br>', '&nbsp;',
      ]
      let seed = 7
      const any = (most: number): number => {
        seed = (seed * 48_271) % 2_147_483_647
        return seed % most
      }
      for (let round = 0; round < 400; round++) {
        const hostile = Array.from({ length: 1 + any(12) }, () => pieces[any(pieces.length)]).join('')
        const xml = atomFeed({ ...feed, title: hostile, subtitle: hostile, author: hostile, entries: [{ ...entry, title: hostile, text: `.${hostile}` }] })
        expect(xml).not.toMatch(unwritable)
        const { names, textOf } = read(xml)
        expect(names.filter((name) => !['feed', 'id', 'title', 'updated', 'author', 'name', 'link', 'subtitle', 'entry', 'content', 'published'].includes(name))).toEqual([])
        expect(names.filter((name) => name === 'entry')).toHaveLength(1)
        const kept = hostile.toWellFormed().replace(/\r\n?|\u0085/g, '\n').replace(/[^\P{Cc}\n\t]|[\u202e\u2066\ufffe\uffff]/gu, '')
        expect(textOf('content').map(shown)).toEqual([`.${kept}`])
        expect(shown(textOf('title')[1] ?? '')).toBe(kept.replace(/\s+/g, ' ').trim())
      }
    })
  })
})
