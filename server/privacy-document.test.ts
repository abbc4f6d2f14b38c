import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { retentionLines } from './contract/retention.ts'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

describe('what people are told of how long things are kept', () => {
  it('is what the rules say, in the document and on the page', () => {
    const rows = [...read('../docs/privacy.md').matchAll(/^\| (?!what \|)(.+) \| (.+) \|$/gm)].map(([, what, howLong]) => ({ what, howLong }))
    expect(rows).toEqual(retentionLines.map(({ what, howLong }) => ({ what, howLong })))
    // The page has no durations of its own but those of cookies.
    const page = read('../app/privacy/page.tsx')
    expect(page).toContain('retentionLines')
    expect(page.slice(page.indexOf('How long we keep it'), page.indexOf('<h2>Cookies'))).not.toMatch(/\d+ (days|years)/)
  })
})
