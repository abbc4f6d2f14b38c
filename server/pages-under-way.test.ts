import { createServer } from 'node:http'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { pagesUnderWay } from './pages-under-way.ts'

/** The status and Retry-After of an answer for which this was done before Next, as it does, set 200. */
async function answered(act: (pages: ReturnType<typeof pagesUnderWay>, name: string) => void): Promise<[number, string | null]> {
  const pages = pagesUnderWay()
  const server = createServer((_request, response) => {
    act(pages, pages.begin(response))
    response.statusCode = 200
    response.end('words')
  }).listen(0)
  await once(server, 'listening')
  const address = server.address()
  const answer = await fetch(`http://localhost:${typeof address === 'object' && address ? address.port : 0}`)
  expect(await answer.text()).toBe('words')
  server.close()
  return [answer.status, answer.headers.get('retry-after')]
}

describe('the status of a page', () => {
  it('is what the page says of its own answer, whatever is set after', async () => {
    expect(await answered((pages, name) => pages.setStatus(name, { status: 404 }))).toEqual([404, null])
    expect(await answered((pages, name) => pages.setStatus(name, { status: 503, retryAfterSeconds: 30 }))).toEqual([503, '30'])
  })

  it('is left alone by a name that is no request', async () => {
    expect(await answered((pages) => pages.setStatus('someone', { status: 404 }))).toEqual([200, null])
  })
})
