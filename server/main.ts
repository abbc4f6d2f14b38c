import './node-version.ts'
import next from 'next'
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { clientAddressOf } from './client-address.ts'
import { clientAddressHeader } from './contract/client-address-header.ts'
import { loadEnv } from './env.ts'
import { buildRuntime } from './runtime.ts'
import { setRuntime } from './runtime-handle.ts'
import { securityPolicy } from './security-policy.ts'

// The web process: our own small http server around Next. It alone knows the socket, so it alone says who the client is.

const isDev = process.argv.includes('--dev')
// Pages and procedures take small bodies; the feed counts its own (S2).
const maxBodyBytes = 256 * 1024
const letGoWithinMs = 10_000

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

  const server = createServer((request, response) => {
    if (refuseLargeBody(request, response)) return
    const nonce = randomBytes(16).toString('base64')
    const policy = securityPolicy(nonce, runtime.captcha.settings, isDev)
    // Next takes the nonce for its own scripts from here; nothing that a client sent under these names passes.
    request.headers['content-security-policy'] = policy
    request.headers[clientAddressHeader] = clientAddressOf(request, env.trustedProxies)
    delete request.headers['x-forwarded-for']
    delete request.headers['x-middleware-subrequest']
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('X-Content-Type-Options', 'nosniff')
    // Nothing to other sites; to our own, so that a browser without Sec-Fetch-Site says where a form comes from.
    response.setHeader('Referrer-Policy', 'same-origin')
    response.setHeader('X-Frame-Options', 'DENY')
    if (runtime.isSecure) response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
    handle(request, response).catch((error: unknown) => {
      runtime.log.error('A request failed.', error)
      if (!response.headersSent) response.writeHead(500).end()
    })
  })
  server.on('error', (error) => {
    process.stderr.write(`The server cannot listen on port ${env.port}: ${error.message}. Set PORT to a free one.\n`)
    process.exit(1)
  })
  server.listen(env.port, env.hostname, () => {
    process.stdout.write(`Track This Case is at ${env.appUrl}\n`)
    process.send?.('listening')
  })

  const stop = (): void => {
    setTimeout(() => process.exit(1), letGoWithinMs).unref()
    server.close(() => {
      void runtime.close().then(() => process.exit(0))
    })
    server.closeIdleConnections()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function refuseLargeBody(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method === 'GET' || request.method === 'HEAD' || request.url?.startsWith('/api/feed')) return false
  const length = request.headers['content-length']
  const status = length === undefined && request.headers['transfer-encoding'] !== undefined ? 411 : Number(length ?? 0) > maxBodyBytes ? 413 : null
  if (status === null) return false
  response.writeHead(status, { connection: 'close' }).end()
  return true
}
