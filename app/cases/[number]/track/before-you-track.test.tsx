import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { BeforeYouTrack } from './before-you-track.tsx'

const shown = (isTextOffered: boolean): string => renderToStaticMarkup(
  <BeforeYouTrack caseNumber="26AA-CR00001" sender={{ name: 'The Sender', email: 'sender@example.com' }} isTextOffered={isTextOffered} />,
).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('BeforeYouTrack', () => {
  it('says all of B7', () => {
    const words = shown(true)
    for (const said of [
      'free, for any number of cases', 'not official court notice, service of process or legal advice', 'leave in the evening',
      'late or lost', 'a deadline runs from the filing date', '26AA-CR00001 only', 'carrier may charge', 'carriers listed',
      'IMPORTANT: your e-mail request must be verified before your text request can be activated.', 'The Sender', 'Replies are not read',
    ]) expect(words).toContain(said)
  })

  it('speaks of no texts where there are none', () => {
    expect(shown(false)).not.toMatch(/text/)
  })
})
