import { describe, expect, it } from 'vitest'
import { plain, plainLine } from './plain.ts'

describe('plain', () => {
  it('keeps letters of any script, tabs and line feeds', () => {
    const text = 'Señora Núñez\n\tשלום, 你好, “quoted” 👩‍⚖️'
    expect(plain(text)).toBe(text)
  })

  it('takes out control characters of both ranges', () => {
    const all = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).filter(c => c < ' ' || c > '~').join('')
    expect(plain(`a${all.replace(/[\n\r\t\u0085]/g, '')}b`)).toBe('ab')
    expect(plain('\u001b[31mred\u001b[0m \u0007\u009b2J')).toBe('[31mred[0m 2J')
  })

  it('takes out what turns the direction of writing', () => {
    expect(plain('a\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069b')).toBe('ab')
    expect(plain('a\u2065\u206ab\u2029')).toBe('a\u2065\u206ab')
  })

  it('makes one kind of line end', () => {
    expect(plain('a\r\nb\rc\u0085d\u2028e')).toBe('a\nb\nc\nd\ne')
  })

  it('keeps one empty line of many', () => {
    expect(plain('a\n\nb')).toBe('a\n\nb')
    expect(plain(`a${'\n \u0000'.repeat(1000)}\nb`)).toBe('a\n\nb')
  })

  it('mends half a character', () => {
    expect(plain('a\ud83db')).toBe('a\ufffdb')
  })

  it('leaves markup as the letters it is', () => {
    expect(plain('<b>&amp;')).toBe('<b>&amp;')
  })
})

describe('plainLine', () => {
  it('brings everything onto one line', () => {
    expect(plainLine('  Motion\r\n\r\nfor\tmore \u00a0 time\u202e\n')).toBe('Motion for more time')
  })
})
