import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { askedWords, caseNumberHere } from '../../../../server/contract/consent-wording.ts'
import { BeforeYouTrack } from './before-you-track.tsx'

const shown = (texts: { sender: string; takesReplies: boolean } | null, isLoggedIn = false): string => renderToStaticMarkup(
  <BeforeYouTrack caseNumber="26AA-CR00001" sender={{ name: 'The Sender', email: 'sender@example.com' }} texts={texts} isLoggedIn={isLoggedIn} />,
).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('BeforeYouTrack', () => {
  it('says all of B7', () => {
    const words = shown({ sender: 'Alpha Courts', takesReplies: true })
    for (const said of [
      'free, for any number of cases', 'not official court notice, service of process or legal advice', 'leave in the evening',
      'late or lost', 'a deadline runs from the filing date', '26AA-CR00001 only', 'carrier may charge', 'carriers listed',
      'IMPORTANT: your e-mail request must be verified before your text request can be activated.', 'The Sender', 'Texts come from Alpha Courts. Replies are not read, except STOP and HELP.',
    ]) expect(words).toContain(said)
  })

  it('promises to read no reply where none arrives', () => {
    expect(shown({ sender: 'Alpha Courts', takesReplies: false })).toContain('Texts come from Alpha Courts. Replies are not read. Your carrier')
  })

  it('asks who is logged in to verify no e-mail before texts (C4)', () => {
    expect(shown({ sender: 'Alpha Courts', takesReplies: true }, true)).not.toContain('IMPORTANT')
  })

  it('H6: says all the words that are kept as what was agreed to', () => {
    const terms = { sender: { name: 'The Sender', email: 'sender@example.com' }, texts: { sender: 'Alpha Courts', takesReplies: true }, isLoggedIn: false }
    const kept = askedWords(terms, false).replace(caseNumberHere, '26AA-CR00001').split('\n').filter((words) => !words.startsWith('Button: '))
    const page = shown(terms.texts)
    for (const words of kept) expect(page.replace(/\s+/g, '')).toContain(words.replace(/\s+/g, ''))
  })

  it('speaks of no texts where there are none', () => {
    expect(shown(null)).not.toMatch(/text/)
  })
})
