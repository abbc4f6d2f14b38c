import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { origin } from './origin.ts'

// What the tests of attacks send and compare, without a browser: a client that says what no browser would.

export interface Answer {
  /** 0 where the service hung up on a body that it does not take. */
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** How much of a long body had been sent when the answer came. */
  readonly sentBytes: number
}

interface Sending {
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Uint8Array
  /** A body of so many bytes instead, sent for as long as nothing is answered. */
  readonly endlessBytes?: number
  /** A piece of it. */
  readonly piece?: Uint8Array
}

const headStartMs = 250
const wholePiece = new Uint8Array(64 * 1024).fill(0x61)

/** Sends a request exactly as it is said, Host included, and follows nothing. */
export const send = (path: string, { method, headers = {}, body, endlessBytes, piece = wholePiece }: Sending = {}): Promise<Answer> => new Promise((resolve, reject) => {
  let sentBytes = 0
  let isAnswered = false
  const { hostname, port } = new URL(origin())
  const asked = request({ hostname, port, path, method: method ?? (body === undefined && endlessBytes === undefined ? 'GET' : 'POST'), headers }, (answer) => {
    isAnswered = true
    const pieces: Uint8Array[] = []
    const done = (): void => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces).toString(), sentBytes })
    answer.on('data', (one: Uint8Array) => pieces.push(one)).once('close', done)
  })
  asked.on('error', (error) => {
    if (isAnswered) return
    if (endlessBytes === undefined) reject(error)
    else resolve({ status: 0, headers: {}, body: '', sentBytes })
  })
  if (endlessBytes === undefined) {
    asked.end(body)
    return
  }
  const pour = async (): Promise<void> => {
    asked.flushHeaders()
    // Whoever needs none of the body to refuse it does so at once.
    await sleep(headStartMs)
    while (!isAnswered && !asked.destroyed && sentBytes < endlessBytes) {
      sentBytes += piece.length
      if (!asked.write(piece)) await Promise.race([new Promise((resume) => asked.once('drain', resume)), sleep(2_000)])
    }
    asked.end()
  }
  pour().catch(reject)
})

/** A digest of all rows of each table, by its name. */
export function tablesIn(file: string): Record<string, string> {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const names = database.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name").all().map(({ name }) => String(name))
    return Object.fromEntries(names.map((name) => {
      const rows = database.prepare(`select * from "${name}"`).all()
      return [name, `${rows.length} rows ${createHash('sha256').update(JSON.stringify(rows)).digest('base64url')}`]
    }))
  } finally {
    database.close()
  }
}

/** Which tables differ, other than those where tries are counted. */
export const changedTables = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(after).filter((name) => name !== 'rate_limits' && after[name] !== before[name])

const addressesOf = (pattern: string): string[] => globSync(pattern, { cwd: 'app' }).sort()
  .map((file) => `/${file.replaceAll('\\', '/').replace(/\/?[^/]+$/, '')}`)
/** The address of every page, with its parameters in brackets: `/cases/[number]`. */
export const pageAddresses = (): string[] => addressesOf('**/page.tsx')
/** That of everything that answers and is no page. */
export const routeAddresses = (): string[] => addressesOf('**/route.ts')
/** The names of all form handlers. */
export const formNames = (): string[] => routeAddresses().filter((one) => one.startsWith('/api/forms/')).map((one) => one.slice('/api/forms/'.length))

/** An address with a value for each of its parameters. */
export const filled = (address: string, value: (parameter: string) => string): string =>
  address.replace(/\[([^\]]+)\]/g, (_, parameter: string) => encodeURIComponent(value(parameter)))

/** How much memory a process holds. */
export const memoryOf = (pid: number): Promise<number> =>
  new Promise((resolve, reject) => execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, said) => {
    if (error) reject(new Error(`There is no process ${pid}.`, { cause: error }))
    else resolve(Number(said) * 1024)
  }))
