// A mail provider in a process of its own that takes so many requests in any one second, wherever that begins, and says of
// every other one that it was too many.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

/** One request, in the order they came. */
export interface ArrivedRequest {
  /** Milliseconds on the machine's clock, finely. */
  readonly atMs: number
  readonly mails: number
  readonly isTurnedAway: boolean
  /** Whether somebody waits for one of its mails. */
  readonly isAsked: boolean
}

export type RateOrder = { readonly kind: 'begin'; readonly requestsPerSecond: number } | { readonly kind: 'report' }
export type RateAnswer = { readonly kind: 'listening'; readonly port: number } | { readonly kind: 'came'; readonly requests: readonly ArrivedRequest[] }

let requestsPerSecond = 1
let requests: ArrivedRequest[] = []
let recent: number[] = []

const now = (): number => performance.timeOrigin + performance.now()
const answer = (said: RateAnswer): void => void process.send?.(said)

function isTooMany(atMs: number): boolean {
  recent = recent.filter((one) => one > atMs - 1000)
  if (recent.length >= requestsPerSecond) return true
  recent.push(atMs)
  return false
}

const server = createServer((request, response) => {
  const atMs = now()
  const isTurnedAway = isTooMany(atMs)
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    // What our own adapter sends, and nobody else: its form is known.
    const mails = JSON.parse(Buffer.concat(chunks).toString()) as readonly { readonly subject: string }[]
    requests.push({ atMs, mails: isTurnedAway ? 0 : mails.length, isTurnedAway, isAsked: mails.some(({ subject }) => subject.startsWith('Confirm')) })
    if (isTurnedAway) response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '1' }).end('{"statusCode":429,"name":"rate_limit_exceeded","message":"Too many requests."}')
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: mails.map(() => ({ id: randomUUID() })) }))
  })
})
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') answer({ kind: 'listening', port: address.port })
})

process.on('message', (order: RateOrder) => {
  if (order.kind === 'begin') [requestsPerSecond, requests, recent] = [order.requestsPerSecond, [], []]
  else answer({ kind: 'came', requests })
})
process.on('disconnect', () => process.exit(0))
