import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { LinkedText } from './linked-text.tsx'

const shown = (text: string): string => renderToStaticMarkup(<LinkedText>{text}</LinkedText>)

describe('LinkedText', () => {
  it('makes links of web addresses and leaves all else as it is', () => {
    expect(shown('Stop:\nhttps://court.example/stop/a-b_c?choice=textOnly\nAsk at 555.'))
      .toBe('Stop:\n<a href="https://court.example/stop/a-b_c?choice=textOnly">https://court.example/stop/a-b_c?choice=textOnly</a>\nAsk at 555.')
  })

  it('ends an address before the mark that ends its sentence', () => {
    expect(shown('(see https://court.example/help).')).toBe('(see <a href="https://court.example/help">https://court.example/help</a>).')
  })

  it('shows markup as text', () => {
    expect(shown('<b>javascript:alert(1)</b>')).toBe('&lt;b&gt;javascript:alert(1)&lt;/b&gt;')
  })
})
