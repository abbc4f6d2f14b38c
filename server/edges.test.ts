import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { clientAddressOf, hashClientAddress } from './client-address.ts'
import { BodyTooLarge, BodyUnreadable, feedBody } from './feed-body.ts'
import { bearsSecret } from './machine-secret.ts'
import { securityPolicy } from './security-policy.ts'

const secret = 's'.repeat(32)

describe('S14: a machine secret (H4)', () => {
  const bears = (authorization?: string) => bearsSecret(new Headers(authorization === undefined ? {} : { authorization }), secret)

  it('opens for the whole secret and nothing else', () => {
    expect(bears(`Bearer ${secret}`)).toBe(true)
    for (const wrong of [undefined, '', 'Bearer', 'Bearer ', `Bearer ${secret}x`, `Bearer ${secret.slice(1)}`, `Basic ${secret}`, secret, 'Bearer undefined', 'Bearer null']) {
      expect(bears(wrong), String(wrong)).toBe(false)
    }
  })
})

describe('the address that counts as the client\'s', () => {
  const request = (forwarded?: string): IncomingMessage => {
    const socket = new Socket()
    Object.defineProperty(socket, 'remoteAddress', { value: '10.0.0.9' })
    const incoming = new IncomingMessage(socket)
    if (forwarded !== undefined) incoming.headers['x-forwarded-for'] = forwarded
    return incoming
  }

  it('is the socket\'s where no proxy is trusted, whatever a header says', () => {
    expect(clientAddressOf(request('1.2.3.4'), 0)).toBe('10.0.0.9')
  })

  it('is what the outermost trusted proxy wrote down, not what came before it', () => {
    expect(clientAddressOf(request('6.6.6.6, 1.2.3.4'), 1)).toBe('1.2.3.4')
    expect(clientAddressOf(request('6.6.6.6, 1.2.3.4, 172.16.0.1'), 2)).toBe('1.2.3.4')
    expect(clientAddressOf(request(), 1)).toBe('10.0.0.9')
  })

  it('S5: is not what a client forges, however many hops it names', () => {
    for (const forged of ['6.6.6.6', '6.6.6.6, 7.7.7.7', Array.from({ length: 2_000 }, (_, at) => `6.6.${at % 256}.1`).join(', '), '::1, , ,', ',,,', '"6.6.6.6"']) {
      expect(clientAddressOf(request(`${forged}, 1.2.3.4`), 1), forged).toBe('1.2.3.4')
      expect(clientAddressOf(request(forged), 0), forged).toBe('10.0.0.9')
    }
  })

  it('S5: takes an address with its port, and nothing that is none', () => {
    expect(clientAddressOf(request('1.2.3.4:5678'), 1)).toBe('1.2.3.4')
    expect(clientAddressOf(request('[2001:db8::1]:443'), 1)).toBe('2001:db8::1')
    expect(clientAddressOf(request('2001:db8::1'), 1)).toBe('2001:db8::1')
    for (const junk of ['unknown', '_hidden', '999.1.1.1', '1.2.3.4; drop', '<script>', '1.2.3.4\n5.6.7.8', 'a'.repeat(10_000), '[::1', '1.2.3.4:x']) {
      expect(clientAddressOf(request(junk), 1), junk).toBe('10.0.0.9')
    }
  })

  it('H6: is kept as a hash that needs the secret, and says nothing of the address', () => {
    const hash = hashClientAddress(secret, '1.2.3.4')
    expect(hash).toBe(hashClientAddress(secret, '1.2.3.4'))
    expect(hash).not.toBe(hashClientAddress(secret, '1.2.3.5'))
    expect(hash).not.toBe(hashClientAddress('t'.repeat(32), '1.2.3.4'))
    expect(hash).toMatch(/^[\w-]{43}$/)
  })
})

describe('the body of a feed', () => {
  const stream = (...chunks: Uint8Array[]) => new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  const all = async (body: AsyncIterable<Uint8Array>): Promise<string> => Buffer.concat(await Array.fromAsync(body)).toString()

  it('comes as it is, and unpacked from gzip', async () => {
    expect(await all(feedBody(stream(Buffer.from('{"a'), Buffer.from('":1}\n')), false))).toBe('{"a":1}\n')
    const packed = gzipSync('{"a":1}\n')
    expect(await all(feedBody(stream(packed.subarray(0, 5), packed.subarray(5)), true))).toBe('{"a":1}\n')
    expect(await all(feedBody(null, false))).toBe('')
  })

  it('is refused when it is not gzip or cut short', async () => {
    await expect(all(feedBody(stream(Buffer.from('plain')), true))).rejects.toBeInstanceOf(BodyUnreadable)
    await expect(all(feedBody(stream(gzipSync('x'.repeat(1000)).subarray(0, 20)), true))).rejects.toBeInstanceOf(BodyUnreadable)
  })

  it('S2: is refused past 64 MB on the wire and past 1 GB unpacked, with memory flat', async () => {
    const megabyte = new Uint8Array(1024 * 1024)
    const taken = async (body: AsyncIterable<Uint8Array>): Promise<number> => {
      let bytes = 0
      for await (const chunk of body) bytes += chunk.length
      return bytes
    }
    expect(await taken(feedBody(stream(...Array.from({ length: 64 }, () => megabyte)), false))).toBe(64 * 1024 * 1024)
    await expect(taken(feedBody(stream(...Array.from({ length: 65 }, () => megabyte)), false))).rejects.toBeInstanceOf(BodyTooLarge)
    const bomb = gzipSync(new Uint8Array(64 * 1024 * 1024), { level: 9 })
    // Gzip members may follow each other: seventeen of 64 MB are more than 1 GB.
    const before = process.memoryUsage().rss
    await expect(taken(feedBody(stream(...Array.from({ length: 17 }, () => bomb)), true))).rejects.toBeInstanceOf(BodyTooLarge)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  })
})

describe('S17: the content security policy', () => {
  it('lets in our scripts by nonce and nothing of another origin with the local captcha', () => {
    const policy = securityPolicy('n0nce', { provider: 'local', challengeAddress: '/api/captcha/challenge' }, false)
    expect(policy).toContain("script-src 'self' 'nonce-n0nce' 'strict-dynamic'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/https?:|unsafe-eval/)
  })

  it('lets in the configured captcha addresses', () => {
    const at = (scriptAddress: string) => securityPolicy('n', { provider: 'hcaptcha', siteKey: 's', scriptAddress }, false)
    for (const directive of ['script-src', 'frame-src', 'connect-src', 'style-src']) {
      expect(at('https://js.hcaptcha.com/1/api.js')).toMatch(new RegExp(`${directive} [^;]*https://\\*\\.hcaptcha\\.com`))
      expect(at('http://localhost:4100/api.js')).toMatch(new RegExp(`${directive} [^;]*http://localhost:4100`))
    }
  })
})
