import { describe, expect, it } from 'vitest'
import { clientNetwork } from './client-network.ts'

describe('S5: what counts as one client', () => {
  it('is an IPv4 address, however it is written', () => {
    expect(clientNetwork('192.0.2.7')).toBe('192.0.2.7')
    expect(clientNetwork('::ffff:192.0.2.7')).toBe('192.0.2.7')
    expect(clientNetwork('::FFFF:192.0.2.7')).toBe('192.0.2.7')
  })

  it('is the /64 of an IPv6 address, of which a customer has 2^64', () => {
    for (const one of ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:0DB8:0001:0002::', '2001:db8:1:2:a:b:c:d%eth0']) {
      expect(clientNetwork(one), one).toBe('2001:db8:1:2::/64')
    }
    expect(clientNetwork('2001:db8::1')).toBe('2001:db8:0:0::/64')
    expect(clientNetwork('::1')).toBe('0:0:0:0::/64')
    expect(clientNetwork('2001:db8:1:3::1')).not.toBe(clientNetwork('2001:db8:1:2::1'))
  })

  it('takes what is no address as it is', () => {
    expect(clientNetwork('unknown')).toBe('unknown')
    expect(clientNetwork('')).toBe('')
  })
})
