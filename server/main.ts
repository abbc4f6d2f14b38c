import './node-version.ts'
import './choose-engine.ts'
import next from 'next'
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { readBuiltFiles } from './built-files.ts'
import { clientAddressOf } from './client-address.ts'
import { closedPartOf, unavailablePath } from './closed-paths.ts'
import { clientAddressHeader } from './contract/client-address-header.ts'
import { pageRequestHeader } from './contract/page-request-header.ts'
import { loadEnv } from './env.ts'
import { requestIdHeader } from './contract/request-id-header.ts'
import { fixStatus } from './pages-under-way.ts'
import { buildRuntime } from './runtime.ts'
import { requestIdOf } from './request-id.ts'
import { setRuntime } from './runtime-handle.ts'
import { endSlowBody, endSlowReader } from './slow-bodies.ts'
import { securityHeaders, securityPolicy } from './security-policy.ts'
import { maxWebhookBytes } from './take-feed.ts'

// The web process: our own small http server around Next. It alone knows the socket, so it alone says who the client is.

const isDev = process.argv.includes('--dev')
// Pages and procedures take small bodies; the feed counts its own (S2).
const maxBodyBytes = 256 * 1024
// Enough for such a body from the slowest of phones. A slow client holds nothing for longer (S19).
const bodyWithinMs = 30_000
const headersWithinMs = 20_000
// In which a client takes nothing of an answer that waits for it.
const readWithinMs = 60_000
// A webhook of CourtListener brings whole docket entries.
const courtListenerPath = /^\/api\/feed\/courtlistener\/[^/]+$/
const letGoWithinMs = 10_000
// What a client may send to pass for another, or for Next itself (S10): APP_URL says where we are, and the socket who asks. There are no actions.
const unheard = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'forwarded', 'x-middleware-subrequest', 'next-action']
const methods = ['GET', 'HEAD', 'POST', 'OPTIONS']

try {
  await serve()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

async function serve(): Promise<void> {
  const env = loadEnv()
  const runtime = await buildRuntime(env, 'web')
  setRuntime(runtime)
  const app = next({ dev: isDev, dir: process.cwd(), port: env.port, hostname: env.hostname ?? 'localhost' })
  const handle = app.getRequestHandler()
  await app.prepare()
  const answerBuilt = readBuiltFiles(join(process.cwd(), '.next/static'))

  // Pages speak nothing but HTTP: who asks for another protocol gets a page, and no socket that nobody looks after (S19).
  const server = createServer({ connectionsCheckingInterval: 5_000, shouldUpgradeCallback: () => isDev }, (request, response) => {
    const requestId = requestIdOf(request, env.trustedProxies)
    request.headers[requestIdHeader] = requestId
    response.setHeader('X-Request-Id', requestId)
    const begunAtMs = performance.now()
    response.once('close', () => runtime.metrics.tookRequest(request.method ?? '', response.statusCode, (performance.now() - begunAtMs) / 1000))
    runtime.log.during({ request: requestId }, () => answer(request, response))
  })

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const nonce = randomBytes(16).toString('base64')
    const policy = securityPolicy(nonce, runtime.captcha.settings, isDev)
    endSlowBody(request, response, { withinMs: bodyWithinMs, isAnswerFirst: pathOf(request.url ?? '/') === '/api/feed' })
    endSlowReader(response, readWithinMs)
    response.setHeaders(new Map(Object.entries({ ...securityHeaders(runtime.isSecure), 'Content-Security-Policy': policy })))
    const refused = refusalOf(request)
    if (refused !== null) {
      response.writeHead(refused, { connection: 'close', ...(refused === 405 && { allow: methods.join(', ') }) }).end()
      return
    }
    if (isDev || !answerBuilt(request, response)) answerByNext(request, response, policy)
  }

  function answerByNext(request: IncomingMessage, response: ServerResponse, policy: string): void {
    // Next takes the nonce for its own scripts from here; nothing that a client sent under these names passes.
    request.headers['content-security-policy'] = policy
    request.headers[clientAddressHeader] = clientAddressOf(request, env.trustedProxies)
    request.headers[pageRequestHeader] = runtime.pages.begin(response)
    for (const name of unheard) Reflect.deleteProperty(request.headers, name)
    const closed = runtime.outsideHours()
    if (closed) sendAway(request, response, closed.retryAfterSeconds)
    handle(request, response).catch((error: unknown) => {
      runtime.log.error('A request failed.', error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  }
  // Answered as anything else, by our limits: Node itself would refuse it and take its body for as long as a feed's (S19).
  server.on('checkExpectation', (request, response) => void server.emit('request', request, response))
  // A long feed may take its time; its headers may not.
  server.requestTimeout = 30 * 60_000
  server.headersTimeout = headersWithinMs
  server.on('error', (error) => {
    process.stderr.write(`The server cannot listen on port ${env.port}: ${error.message}. Set PORT to a free one.\n`)
    process.exit(1)
  })
  server.listen(env.port, env.hostname, () => {
    process.stdout.write(`Track This Case is at ${env.appUrl}\n`)
    process.send?.('listening')
  })
  const stopped = new AbortController()
  runtime.watchForOutages(stopped.signal).catch((error: unknown) => runtime.log.error('The watch for outages ended.', error))

  const stop = (): void => {
    stopped.abort()
    setTimeout(() => process.exit(1), letGoWithinMs).unref()
    server.close(() => {
      runtime.close().then(() => process.exit(0), (error: unknown) => {
        runtime.log.error('The server did not end well.', error)
        process.exit(1)
      })
    })
    server.closeIdleConnections()
  }
  // Once, though a terminal and whoever started us may both say so.
  let isStopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (!isStopping) stop()
      isStopping = true
    })
  }
}

/**
 * Leads a request that waits for service hours to the page that says when they begin (I4). The browser keeps its address. A page
 * cannot set its status, so that it is fixed here.
 */
function sendAway(request: IncomingMessage, response: ServerResponse, retryAfterSeconds: number): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const part = closedPartOf(pathname)
  if (part === undefined) return
  const answer = searchParams.get('answer')
  request.url = `${unavailablePath}?${new URLSearchParams({ wanted: part, ...(answer === null ? {} : { answer }) })}`
  fixStatus(response, { status: 503, retryAfterSeconds })
}

/** The status of a request that goes no further; null when it may. */
function refusalOf({ method, url = '/', headers }: IncomingMessage): number | null {
  const path = pathOf(url)
  if (path === null) return 400
  // Next fails on those that it does not know, and takes a post to a page for an action of its own.
  if (!methods.includes(method ?? '') || (method === 'POST' && !path.startsWith('/api/'))) return 405
  if (method === 'GET' || method === 'HEAD' || path === '/api/feed') return null
  if (courtListenerPath.test(path)) return Number(headers['content-length'] ?? 0) > maxWebhookBytes ? 413 : null
  const length = headers['content-length']
  if (length !== undefined) return Number(length) > maxBodyBytes ? 413 : null
  // Nothing reads the body of a one-click stop, and proxies send it in pieces.
  return headers['transfer-encoding'] !== undefined && !path.startsWith('/api/stop/') ? 411 : null
}

/** The path as Next will read it; null when it is in no right form. */
function pathOf(url: string): string | null {
  try {
    const { pathname } = new URL(url, 'http://localhost')
    decodeURIComponent(pathname)
    return pathname
  } catch {
    return null
  }
}
