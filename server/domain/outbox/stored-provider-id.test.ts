import { describe, expect, it } from 'vitest'
import { storedProviderId } from './stored-provider-id.ts'

describe('the id of a provider', () => {
  it('is kept short when it is a UUID, two of them never alike, and as it is when it is not', () => {
    expect(storedProviderId('49a3999c-0ce1-4ea6-ab68-afcd6dc2e794')).toMatch(/^[\w-]{22}$/)
    expect(storedProviderId('49a3999c-0ce1-4ea6-ab68-afcd6dc2e795')).not.toBe(storedProviderId('49a3999c-0ce1-4ea6-ab68-afcd6dc2e794'))
    expect(Buffer.from(storedProviderId('49a3999c-0ce1-4ea6-ab68-afcd6dc2e794'), 'base64url').toString('hex')).toBe('49a3999c0ce14ea6ab68afcd6dc2e794')
    expect(storedProviderId('A1B2C3')).toBe('A1B2C3')
  })
  it('holds nothing that a database cannot keep', () => {
    expect(storedProviderId('A1\0B2\ud800')).toBe('A1B2\ufffd')
  })
})
