import { describe, expect, it } from 'vitest'
import { linkPurposes } from '../../contract/vocabulary.ts'
import { openLink, signLink } from './link-token.ts'

const keys = ['a'.repeat(32), 'b'.repeat(32)]
const target = { id: 4711, version: 3 }

describe('a link token', () => {
  it('opens what it was signed for, always with the same token', () => {
    const token = signLink(keys, 'stop', target)
    expect(openLink(keys, 'stop', token)).toEqual(target)
    expect(signLink(keys, 'stop', target)).toBe(token)
    expect(token).toMatch(/^[0-9a-z]+-[0-9a-z]+-[A-Za-z0-9_-]{22}$/)
  })

  it('opens nothing for another purpose, row or version', () => {
    const token = signLink(keys, 'stop', target)
    const [, version = '', mac = ''] = /^[^-]+-([^-]+)-(.+)$/.exec(token) ?? []
    for (const purpose of linkPurposes) if (purpose !== 'stop') expect(openLink(keys, purpose, token)).toBeUndefined()
    expect(openLink(keys, 'stop', `${(4712).toString(36)}-${version}-${mac}`)).toBeUndefined()
    expect(openLink(keys, 'stop', `${(4711).toString(36)}-4-${mac}`)).toBeUndefined()
  })

  it('is refused in every altered form', () => {
    const token = signLink(keys, 'stop', target)
    for (let at = 0; at < token.length; at++) {
      const altered = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
      expect(openLink(keys, 'stop', altered), altered).toBeUndefined()
    }
    for (const other of ['', '-', `${token}x`, ` ${token}`, `0${token}`, token.slice(0, -1), 'undefined', '../../etc']) {
      expect(openLink(keys, 'stop', other), other).toBeUndefined()
    }
  })

  it('survives a change of the secret while the old one still verifies, and no longer', () => {
    const old = signLink([keys[1] ?? ''], 'confirm', target)
    expect(openLink(keys, 'confirm', old)).toEqual(target)
    expect(openLink([keys[0] ?? ''], 'confirm', old)).toBeUndefined()
  })
})
