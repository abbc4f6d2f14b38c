import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { createEveningPing } from './evening-ping.ts'

const lines: string[] = []
const log = {
  info: (fact: string, details?: object) => lines.push(JSON.stringify([fact, details])),
  error: (fact: string, error: unknown, details?: object) => lines.push(JSON.stringify([fact, error instanceof Error ? error.message : '', details])),
}
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  lines.length = 0
})

async function watching(answer: RequestListener): Promise<string> {
  server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/ping/its-secret`
}

describe('the watch over evenings', () => {
  it('is told by POST, and again where it did not hear', async () => {
    const heard: string[] = []
    const url = await watching((request, response) => {
      heard.push(`${request.method} ${request.url}`)
      response.writeHead(heard.length === 1 ? 503 : 200).end()
    })
    const ping = createEveningPing({ url, log, againAfterMs: [1, 1] })
    ping.tell()
    await ping.settled()
    expect(heard).toEqual(['POST /ping/its-secret', 'POST /ping/its-secret'])
    expect(lines.join()).toContain('was told')
    expect(lines.join()).not.toContain('its-secret')
  })

  it('holds nobody up where it is silent or gone, and its secret is not logged', async () => {
    const silent = await watching(() => undefined)
    for (const url of [silent, 'http://127.0.0.1:1/ping/its-secret']) {
      const ping = createEveningPing({ url, log, timeoutMs: 50, againAfterMs: [1] })
      ping.tell()
      await ping.settled()
    }
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain('did not answer in time')
    expect(lines[1]).toContain('was not reached')
    expect(lines.join()).not.toContain('its-secret')
  })

  it('is nobody where no address was named', async () => {
    const ping = createEveningPing({ url: undefined, log })
    ping.tell()
    await ping.settled()
    expect(lines).toEqual([])
  })
})
