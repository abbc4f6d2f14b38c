import { once } from 'node:events'
import { createServer, connect, type Server, type Socket } from 'node:net'

/** Where a line breaks: before a query reaches the server, or after, so that only its answer is lost. */
export type Break = 'beforeTheServer' | 'beforeTheAnswer'

/** A line to a Postgres server that can be cut, mended, or made to break at a query. */
export class FrailLine {
  /** The address of the database by way of this line. */
  readonly url: string
  readonly #target: { readonly host: string; readonly port: number }
  readonly #port: number
  readonly #ends = new Set<Socket>()
  #server: Server | undefined
  #fate: { readonly query: string; readonly where: Break } | undefined
  #isSilent = false
  readonly #stranded = new WeakSet<Socket>()

  private constructor(server: Server, port: number, url: string) {
    const direct = new URL(url)
    this.#target = { host: direct.hostname, port: Number(direct.port || 5_432) }
    this.#server = server
    this.#port = port
    this.url = Object.assign(direct, { host: `127.0.0.1:${port}` }).href
    server.on('connection', (socket) => this.#join(socket))
  }

  static async open(url: string): Promise<FrailLine> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The line has no port.')
    return new FrailLine(server, address.port, url)
  }

  /** Ends every connection; new ones are refused until it is mended. */
  async cut(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    this.#drop()
    if (server?.listening) await new Promise((resolve) => server.close(resolve))
  }

  async mend(): Promise<void> {
    const server = createServer((socket) => this.#join(socket))
    server.listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    this.#server = server
  }

  /** The next time that this very query is sent, the line breaks, once. */
  breakAt(query: string, where: Break): void {
    this.#fate = { query, where }
  }

  /** From now on nothing passes and nothing ends, as with a machine that vanished; `cut` ends it. */
  fallSilent(): void {
    this.#isSilent = true
  }

  /** Nothing passes any more on what is connected now, and nothing ends; who comes now is served: the server moved to another machine. */
  strand(): void {
    for (const end of this.#ends) this.#stranded.add(end)
  }

  #join(near: Socket): void {
    const far = connect(this.#target)
    let isAnswerLost = false
    const isQuiet = (): boolean => this.#isSilent || this.#stranded.has(near)
    for (const [from, to] of [[near, far], [far, near]] as const) {
      this.#ends.add(from)
      from.on('error', () => undefined)
      from.on('close', () => {
        this.#ends.delete(from)
        to.destroy()
      })
    }
    near.on('data', (chunk) => {
      if (isQuiet()) return
      const fate = this.#fate
      if (fate && chunk.includes(`${fate.query}\0`)) {
        this.#fate = undefined
        if (fate.where === 'beforeTheServer') {
          this.#drop()
          return
        }
        isAnswerLost = true
      }
      far.write(chunk)
    })
    far.on('data', (chunk) => {
      if (isQuiet()) return
      if (isAnswerLost) this.#drop()
      else near.write(chunk)
    })
  }

  #drop(): void {
    this.#isSilent = false
    for (const end of this.#ends) end.destroy()
  }
}
