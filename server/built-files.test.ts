import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBuiltFiles } from './built-files.ts'

const script = 'console.log("Entered")\n'.repeat(1000)
const style = 'body { color: #0e2340 }\n'.repeat(1000)

describe('P10: scripts and styles of the built pages', () => {
  let outside: string
  let server: Server
  beforeAll(async () => {
    outside = mkdtempSync(join(tmpdir(), 'ttc-built-'))
    const folder = join(outside, 'static')
    mkdirSync(join(folder, 'chunks'), { recursive: true })
    mkdirSync(join(outside, 'chunks'))
    const put = (file: string, content: string): void => {
      writeFileSync(file, content)
      writeFileSync(`${file}.br`, brotliCompressSync(content))
      writeFileSync(`${file}.gz`, gzipSync(content))
    }
    put(join(folder, 'chunks/a.js'), script)
    put(join(folder, 'chunks/b.css'), style)
    put(join(folder, 'chunks/font.woff2'), 'a font')
    put(join(outside, 'chunks/a.js'), 'not for browsers')
    writeFileSync(join(folder, 'chunks/uncompressed.js'), script)
    const answer = readBuiltFiles(folder)
    server = createServer((request, response) => {
      if (!answer(request, response)) response.end('otherwise')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(async () => {
    server.close()
    await once(server, 'close')
    rmSync(outside, { recursive: true })
  })

  async function ask(path: string, headers: Record<string, string>, method = 'GET'): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: Buffer }> {
    const request = get({ port: (server.address() as AddressInfo).port, path, headers, method, agent: false })
    const [answer] = await once(request, 'response') as [IncomingMessage]
    return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) }
  }

  it('go out by brotli to those who take it, and stay with them for good', async () => {
    const { status, headers, body } = await ask('/_next/static/chunks/a.js?dpl=1', { 'accept-encoding': 'gzip, deflate, br, zstd' })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-encoding': 'br', 'content-type': 'text/javascript; charset=utf-8', vary: 'Accept-Encoding', 'cache-control': 'public, max-age=31536000, immutable',
      'content-length': String(body.length),
    })
    expect(brotliDecompressSync(body).toString()).toBe(script)
  })

  it('go out by gzip to those who take no brotli', async () => {
    for (const taken of ['gzip', 'gzip, br;q=0']) {
      const { headers, body } = await ask('/_next/static/chunks/b.css', { 'accept-encoding': taken })
      expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/css; charset=utf-8' })
      expect(gunzipSync(body).toString()).toBe(style)
    }
  })

  it('are still there while others are built', async () => {
    rmSync(join(outside, 'static/chunks/a.js.br'))
    expect(brotliDecompressSync((await ask('/_next/static/chunks/a.js', { 'accept-encoding': 'br' })).body).toString()).toBe(script)
  })

  it('have only headers for who asks for no more', async () => {
    const { headers, body } = await ask('/_next/static/chunks/a.js', { 'accept-encoding': 'br' }, 'HEAD')
    expect({ encoding: headers['content-encoding'], length: body.length }).toEqual({ encoding: 'br', length: 0 })
  })

  it.each([
    ['who takes nothing compressed', '/_next/static/chunks/a.js', ''],
    ['who refuses both', '/_next/static/chunks/a.js', 'br;q=0, gzip;q=0'],
    ['of which there is no compressed file', '/_next/static/chunks/uncompressed.js', 'br'],
    ['that is not there', '/_next/static/chunks/gone.js', 'br'],
    ['that is no text', '/_next/static/chunks/font.woff2', 'br'],
    ['above the folder', '/_next/static/../chunks/a.js', 'br'],
    ['above the folder, escaped', '/_next/static/%2e%2e/chunks/a.js', 'br'],
    ['with a name that no file has', '/_next/static/%00.js', 'br'],
    ['with a name in no right form', '/_next/static/%zz.js', 'br'],
    ['of another address', '/_next/images/chunks/a.js', 'br'],
  ])('are otherwise answered: %s', async (_what, path, accepted) => {
    expect((await ask(path, { 'accept-encoding': accepted })).body.toString()).toBe('otherwise')
  })

  it('are otherwise answered when something is posted there', async () => {
    expect((await ask('/_next/static/chunks/a.js', { 'accept-encoding': 'br', 'content-length': '0' }, 'POST')).body.toString()).toBe('otherwise')
  })
})
