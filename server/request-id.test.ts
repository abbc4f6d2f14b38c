import { describe, expect, it } from 'vitest'
import { requestIdOf } from './request-id.ts'

const given = '4bf92f3577b34da6a3ce929d0e0e4736'
const idOf = (id: string | string[] | undefined, proxies: number): string => requestIdOf({ headers: id === undefined ? {} : { 'x-request-id': id } }, proxies)

describe('the name of a request', () => {
  it('is a trusted proxy\'s, where it is a plain id', () => {
    expect(idOf(given, 1)).toBe(given)
    expect(idOf('4BF92F35-77b3-4da6-a3ce-929d0e0e4736', 2)).toBe('4BF92F35-77b3-4da6-a3ce-929d0e0e4736')
  })

  it('is our own otherwise, and never what a client made up (H5)', () => {
    expect(idOf(given, 0)).not.toBe(given)
    for (const bad of [undefined, '', 'pat@example.com', '573-555-0123-573-555-0123', `${given}\r\nx: y`, given.repeat(3), [given, given]]) {
      expect(idOf(bad, 1), String(bad)).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/)
    }
    expect(idOf(given, 0)).not.toBe(idOf(given, 0))
  })
})
