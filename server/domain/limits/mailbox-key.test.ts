import { describe, expect, it } from 'vitest'
import { mailboxKey } from './mailbox-key.ts'

describe('S5: the key of a mailbox', () => {
  it('is one for the spellings that reach it', () => {
    for (const email of ['pat@example.com', 'Pat@Example.COM', ' pat@example.com ', 'pat+court@example.com', 'PAT+a+b@example.com']) {
      expect(mailboxKey(email), email).toBe('pat@example.com')
    }
    for (const email of ['patlee@gmail.com', 'p.a.t.l.e.e@gmail.com', 'Pat.Lee+x.y@googlemail.com', 'patlee+@gmail.com']) {
      expect(mailboxKey(email), email).toBe('patlee@gmail.com')
    }
    expect(mailboxKey('pat@me.com')).toBe(mailboxKey('pat+1@icloud.com'))
  })

  it('is another for another mailbox', () => {
    const keys = ['pat@example.com', 'p.at@example.com', 'pat@example.org', 'pa@example.com', 'pat@mail.example.com', 'pat@gmail.com', '+pat@example.com'].map(mailboxKey)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('stays quick with evil spellings (S19)', () => {
    const begun = performance.now()
    for (const email of [`${'+'.repeat(100_000)}@gmail.com`, `a${'.'.repeat(100_000)}@gmail.com`, '@'.repeat(100_000), '', '+', '@']) mailboxKey(email)
    expect(performance.now() - begun).toBeLessThan(200)
  })
})
