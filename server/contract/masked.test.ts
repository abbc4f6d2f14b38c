import { describe, expect, it } from 'vitest'
import { agoWords } from './ago-words.ts'
import { maskedEmail, maskedPhone } from './masked.ts'

describe('what operators are shown of people (I5)', () => {
  it('is enough to know an address again, not to write to it', () => {
    expect(maskedEmail('jordan.reyes@example.com')).toBe('j…s@example.com')
    expect(maskedEmail('😀ordan@example.com')).toBe('😀…n@example.com')
    for (const short of ['jo@example.com', 'j@example.com']) expect(maskedEmail(short), short).toBe('…@example.com')
    expect(maskedEmail('"a@b"@example.com')).toBe('"…"@example.com')
    expect(maskedEmail('no address')).toBe('…')
    expect(maskedPhone('+15735550123')).toBe('…0123')
  })
})

describe('how long ago something was', () => {
  it('is said roughly, on both sides of each unit', () => {
    const ago = (seconds: number) => agoWords(new Date(0), new Date(seconds * 1000))
    expect([59, 60, 120, 3599, 3600, 48 * 3600 - 1, 48 * 3600].map(ago)).toEqual([
      'just now', '1 minute ago', '2 minutes ago', '59 minutes ago', '1 hour ago', '47 hours ago', '2 days ago',
    ])
    expect(ago(-5)).toBe('just now')
  })
})
