import { createServer, type Server } from 'node:http'
import type { Runtime } from './runtime.ts'

/** Answers for a worker's own figures, which the web process does not know: `GET /metrics` for who bears `METRICS_SECRET`. */
export function serveMetrics(runtime: Runtime, port: number): Server {
  const { log, env } = runtime
  const server = createServer((request, response) => {
    const headers = new Headers({ authorization: request.headers.authorization ?? '' })
    if (!runtime.bears(headers, 'metrics')) response.writeHead(401).end()
    else if (request.method !== 'GET' || request.url !== '/metrics') response.writeHead(404).end()
    else {
      runtime.writeMetrics().then((text) => response.writeHead(200, { 'content-type': runtime.metrics.contentType }).end(text), (error: unknown) => {
        log.error('The metrics could not be read.', error)
        response.writeHead(503).end()
      })
    }
  })
  // Whoever delivers goes on without being watched.
  server.on('error', (error) => log.error('The metrics of this worker cannot be asked for.', error))
  return server.listen(port, env.hostname)
}
