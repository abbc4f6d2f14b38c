import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hcaptcha } from './hcaptcha.ts'

let server: Server
let answer: (fields: URLSearchParams) => { status: number; body: string }
let asked: URLSearchParams[]

beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => { body += chunk.toString() })
    request.on('end', () => {
      const fields = new URLSearchParams(body)
      asked.push(fields)
      const { status, body: said } = answer(fields)
      response.writeHead(status, { 'content-type': 'application/json' }).end(said)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

const verifier = () => hcaptcha({
  // A server that listens on a port has this form of address.
  siteKey: 'site', secret: 'secret', scriptUrl: 'https://js.hcaptcha.com/1/api.js', verifyUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/siteverify`,
})

describe('hCaptcha', () => {
  it('passes what siteverify passes, told secret, answer, site and client', async () => {
    answer = () => ({ status: 200, body: '{"success":true}' })
    expect(await verifier().verify('token', '192.0.2.1')).toMatchObject({ kind: 'passed' })
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({ secret: 'secret', response: 'token', sitekey: 'site', remoteip: '192.0.2.1' })
  })

  it('fails what siteverify refuses', async () => {
    answer = () => ({ status: 200, body: '{"success":false,"error-codes":["already-seen-response"]}' })
    expect(await verifier().verify('token', '192.0.2.1')).toEqual({ kind: 'failed' })
  })

  it('is unavailable, and never passed, when the answer is none', async () => {
    for (const said of [{ status: 500, body: '{"success":true}' }, { status: 200, body: 'not json' }]) {
      answer = () => said
      expect(await verifier().verify('token', '192.0.2.1')).toEqual({ kind: 'unavailable' })
    }
    const closed = hcaptcha({ siteKey: 's', secret: 's', scriptUrl: 'https://js.hcaptcha.com/1/api.js', verifyUrl: 'http://127.0.0.1:1/siteverify' })
    expect(await closed.verify('token', '192.0.2.1')).toEqual({ kind: 'unavailable' })
  })
})
