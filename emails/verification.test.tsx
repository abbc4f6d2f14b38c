import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { wordsOfMarkup } from '../server/testing/words-of-markup.ts'
import { verificationText } from './verification-text.ts'
import { VerificationEmail, type VerificationProps } from './verification.tsx'

const both: VerificationProps = VerificationEmail.PreviewProps
const [first, second] = both.requests
if (!first || !second) throw new Error('The sample has two requests.')
const change = { ...second, newOptions: ['10 days before a scheduled event', '2 days before a scheduled payment'] }

/** What both parts say, the markup taken away. */
const saidBy = (props: VerificationProps): [string, string] => [
  wordsOfMarkup(renderToStaticMarkup(<VerificationEmail {...props} />)),
  verificationText(props).replace(/\s+/g, ' '),
]

describe('a verification that asks for other options (B8)', () => {
  it('says for which case, lists them, and that nothing changes before', () => {
    for (const part of saidBy({ ...both, requests: [change], confirmAllUrl: null })) {
      for (const words of [
        'Change your notices for case 25QX-PR00093', 'other notices of a case that you track', 'Nothing changes until you confirm.',
        'Options: 10 days before a scheduled event; 2 days before a scheduled payment', 'Confirm the change for case 25QX-PR00093',
      ]) expect(part).toContain(words)
      expect(part).not.toContain('want to track')
    }
  })

  it('says that none is left', () => {
    for (const part of saidBy({ ...both, requests: [{ ...change, newOptions: [] }], confirmAllUrl: null })) expect(part).toContain('Options: none')
  })

  it('tells apart what is asked where there is some of both, each with its own link', () => {
    const props = { ...both, requests: [first, change] }
    for (const part of saidBy(props)) {
      for (const words of ['Confirm your 2 requests', 'Confirm all', 'Confirm case 25QX-CV00417', 'Confirm the change for case 25QX-PR00093']) expect(part).toContain(words)
      expect(part.split('You track this case already.')).toHaveLength(2)
    }
    expect(verificationText(props).split('\n')).toEqual(expect.arrayContaining([first.confirmUrl, change.confirmUrl, both.confirmAllUrl]))
  })

  it('counts several', () => {
    for (const part of saidBy({ ...both, requests: [{ ...first, newOptions: [] }, change] })) expect(part).toContain('Change your notices for 2 cases')
  })

  it('shows hostile options as the letters they are (H3)', () => {
    const html = renderToStaticMarkup(<VerificationEmail {...both} requests={[{ ...change, newOptions: ['<img src=x>'] }]} />)
    expect(html).not.toContain('<img')
  })
})

it('a verification that is cut counts what it does not show', () => {
  for (const part of saidBy({ ...both, more: 40 })) {
    expect(part).toContain('Confirm the 42 cases')
    expect(part).toContain('and 40 more')
  }
})
