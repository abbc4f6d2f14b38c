import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { wordsOfMarkup } from '../server/testing/words-of-markup.ts'
import { reportText } from './report-text.ts'
import { ReportEmail } from './report.tsx'

it('a report that is cut counts what it does not show', () => {
  const cut = { ...ReportEmail.PreviewProps, more: 40 }
  for (const part of [wordsOfMarkup(renderToStaticMarkup(<ReportEmail {...cut} />)), reportText(cut)]) {
    expect(part).toContain('You track 43 cases')
    expect(part).toContain('and 40 more')
  }
})
