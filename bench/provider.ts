// A mail provider in a process of its own, so that the one that is measured does none of its work. It reads and parses
// every batch, as any provider must, remembers who was told of which case, and answers at once.
import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

/** What came in since it was last told to forget. */
export interface Received {
  readonly requests: number
  readonly mails: number
  /** `address number`, a mail each, in the order they came. */
  readonly told: readonly string[]
  /** Over everything that a reader sees of every mail, whatever their order; 0 unless asked to look closely. */
  readonly sum: number
}

export type ProviderOrder = { readonly kind: 'report' } | { readonly kind: 'forget'; readonly isLookingClosely: boolean }
export type ProviderAnswer = { readonly kind: 'listening'; readonly port: number } | { readonly kind: 'received'; readonly received: Received }

interface SentMail {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

let requests = 0
let told: string[] = []
let sum = 0
let isLookingClosely = false

const answer = (said: ProviderAnswer): void => void process.send?.(said)

function take(mails: readonly SentMail[]): string {
  requests++
  for (const mail of mails) {
    told.push(`${mail.to.join(',')} ${/^Case (\S+):/.exec(mail.subject)?.[1] ?? ''}`)
    if (isLookingClosely) sum = (sum + sumOf(mail)) % 2 ** 48
  }
  return JSON.stringify({ data: mails.map(() => ({ id: randomUUID() })) })
}

const sumOf = ({ from, to, subject, html, text, headers }: SentMail): number => createHash('sha256')
  .update(JSON.stringify([from, to, subject, html, text, Object.entries(headers).sort()])).digest().readUIntBE(0, 6)

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    // What our own adapter and the bare loop send, and nobody else: its form is known.
    const body = take(JSON.parse(Buffer.concat(chunks).toString()) as readonly SentMail[])
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
  })
})
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') answer({ kind: 'listening', port: address.port })
})

process.on('message', (order: ProviderOrder) => {
  if (order.kind === 'report') answer({ kind: 'received', received: { requests, mails: told.length, told, sum } })
  else [requests, told, sum, isLookingClosely] = [0, [], 0, order.isLookingClosely]
})
process.on('disconnect', () => process.exit(0))
