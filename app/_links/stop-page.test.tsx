import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { stopped, stopQuestion } from '../../server/contract/wording.ts'
import { StopPage } from './stop-page.tsx'

const shown = (given: { choice?: string; result?: string | null }): string => renderToStaticMarkup(
  <StopPage question={stopQuestion('26AA-CR00001')} token="token" scope="case" choice={given.choice ?? ''} result={given.result ?? null} />,
)
const checked = (html: string): string[] =>
  [...html.matchAll(/<input[^>]*>/g)].map(([tag]) => tag).filter((tag) => tag.includes('checked=""')).map((tag) => /value="(\w+)"/.exec(tag)?.[1] ?? '')

describe('StopPage', () => {
  it('asks in the exact words and shows both choices (E1)', () => {
    const html = shown({})
    expect(html).toContain('Do you want to stop tracking case number 26AA-CR00001?')
    expect(html).toContain('>Stop e-mail and text?</label>')
    expect(html).toContain('>Stop text only?</label>')
    expect(html).toMatch(/<button[^>]*>YES<\/button>/)
    expect(html).toMatch(/<button[^>]*>NO<\/button>/)
  })

  it('has the first choice set unless the link names the second', () => {
    expect(checked(shown({}))).toEqual(['emailAndText'])
    expect(checked(shown({ choice: 'anything' }))).toEqual(['emailAndText'])
    expect(checked(shown({ choice: 'textOnly' }))).toEqual(['textOnly'])
  })

  it('leads NO to the home page by a form that changes nothing (E3)', () => {
    const keep = /<form [^>]*id="keep"[^>]*>/.exec(shown({}))?.[0]
    expect(keep).toContain('method="get"')
    expect(keep).toContain('action="/"')
    expect(shown({})).toMatch(/<button[^>]*form="keep"[^>]*>NO</)
  })

  it('answers in the exact words and asks no more', () => {
    const html = shown({ result: stopped.case.textOnly })
    expect(html).toMatch(/role="status"[^>]*><p>You are no longer tracking this case by text\.<\/p></)
    expect(html).not.toContain('YES')
    expect(html).toContain('Notices by e-mail go on as before.')
  })
})
