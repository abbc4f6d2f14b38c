import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endSlowBody, endSlowReader } from './slow-bodies.ts'

const withinMs = 100

describe('S19: a client that sends its body slowly', () => {
  let server: Server
  let socket: Socket
  beforeEach(async () => {
    server = createServer((request, response) => {
      endSlowBody(request, response, { withinMs, isAnswerFirst: request.url === '/feed' })
      if (request.url === '/answered') response.end('done')
      else request.on('error', () => undefined).resume().once('end', () => response.end('taken'))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.on('error', () => undefined)
  })
  afterEach(async () => {
    socket.destroy()
    server.close()
    await once(server, 'close')
  })

  const begin = (path: string): void => {
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n`)
  }
  const isOpenAfter = (ms: number): Promise<boolean> => Promise.race([once(socket, 'close').then(() => false), sleep(ms, true)])

  it('is hung up on when it is not there in time', async () => {
    begin('/form')
    socket.write('abc')
    expect(await isOpenAfter(withinMs * 10)).toBe(false)
  })

  it('is hung up on though it was answered', async () => {
    begin('/answered')
    await once(socket, 'data')
    expect(await isOpenAfter(withinMs * 10)).toBe(false)
  })

  it('may take its time where a long body is wanted', async () => {
    begin('/feed')
    socket.write('abcde')
    expect(await isOpenAfter(withinMs * 3)).toBe(true)
    socket.write('fghij')
    expect(String((await once(socket, 'data'))[0])).toContain('taken')
  })

  it('is kept, for its next request too, when all is there in time', async () => {
    for (let time = 0; time < 2; time++) {
      begin('/form')
      socket.write('abcdefghij')
      expect(String((await once(socket, 'data'))[0])).toContain('taken')
    }
    expect(await isOpenAfter(withinMs * 3)).toBe(true)
  })
})

describe('S19: a client that reads slowly', () => {
  // The system takes megabytes ahead of a reader.
  const takesNothingMs = 1_000
  const whole = Buffer.alloc(32 * 2 ** 20, 'a')
  let server: Server
  let hungUp: Promise<unknown>
  beforeEach(async () => {
    server = createServer((_, response) => {
      endSlowReader(response, takesNothingMs)
      hungUp = once(response, 'close')
      response.end(whole)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterEach(async () => {
    server.close()
    await once(server, 'close')
  })
  const ask = (): Socket => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    return socket
  }

  it('is hung up on when it takes nothing more of a long answer', async () => {
    const socket = ask()
    await once(socket, 'readable')
    socket.pause()
    await hungUp
    socket.destroy()
  })

  it('is given the whole when it takes a little at a time', async () => {
    const socket = ask()
    let taken = 0
    for await (const piece of socket) {
      taken += (piece as Buffer).length
      await sleep(4)
    }
    expect(taken).toBeGreaterThan(whole.length)
  })
})
