import { describe, expect, it } from 'vitest'
import { displayText } from './display-text.ts'

const characters = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, at) => String.fromCharCode(from + at)).join('')

describe('text as it may be shown (H3)', () => {
  it('keeps words of any script, their line feeds and their tabs', () => {
    const text = 'Señora Núñez\n\tשלום, 你好, “quoted” <b> & 👩‍⚖️'
    expect(displayText(text)).toBe(text)
  })

  it('loses the control characters of both ranges', () => {
    const controls = (characters(0, 0x1f) + characters(0x7f, 0x9f)).replace(/[\n\t\r\u0085]/g, '')
    expect(controls).toHaveLength(61)
    expect(displayText(`a${controls}b`)).toBe('ab')
    expect(displayText('\u001b[31mred\u001b[0m \u009b2J')).toBe('[31mred[0m 2J')
  })

  it('loses every mark that turns the direction of writing', () => {
    const marks = `${characters(0x202a, 0x202e)}${characters(0x2066, 0x2069)}\u200e\u200f\u061c`
    expect(displayText(`granted${marks} in part`)).toBe('granted in part')
  })

  it('ends every line alike, so that no two words run together', () => {
    expect(displayText('one\r\ntwo\rthree\u0085four\nfive')).toBe('one\ntwo\nthree\nfour\nfive')
  })

  it('has nothing to say where nothing was said', () => {
    expect(displayText(null)).toBeNull()
    expect(displayText('')).toBe('')
  })
})
