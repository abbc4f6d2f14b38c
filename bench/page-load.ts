// Asks for pages as many readers at once do, from a process of its own: fork(page-load.ts), then an order.
import { Agent, request } from 'node:http'

export interface LoadOrder {
  readonly kind: 'load'
  readonly urls: readonly string[]
  readonly readers: number
  readonly forMs: number
  /** What each reader waits between two pages. */
  readonly pauseMs: number
}

export type LoadAnswer = { readonly kind: 'loaded'; readonly perSecond: number; readonly tookMs: readonly number[] }

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

function get(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, (response) => {
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${String(response.statusCode)}.`)))).resume()
    }).once('error', reject).end()
  })
}

async function load({ urls, readers, forMs, pauseMs }: LoadOrder): Promise<LoadAnswer> {
  const tookMs: number[] = []
  const began = performance.now()
  let nth = 0
  await Promise.all(Array.from({ length: readers }, async () => {
    while (performance.now() - began < forMs) {
      const url = urls[nth++ % urls.length]
      if (url === undefined) throw new Error('There is no page to ask for.')
      const asked = performance.now()
      await get(url)
      tookMs.push(performance.now() - asked)
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }))
  return { kind: 'loaded', perSecond: tookMs.length / (performance.now() - began) * 1000, tookMs }
}

process.on('message', (order: LoadOrder) => {
  load(order).then((answer) => process.send?.(answer), (error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
process.on('disconnect', () => process.exit(0))
