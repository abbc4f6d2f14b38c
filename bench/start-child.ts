import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process of the bench that answers what it is told. */
export interface BenchChild<Order extends object, Answer extends { readonly kind: string }> {
  readonly process: ChildProcess
  tell(order: Order): void
  /** Its next word, which must be of this kind. Fails when it ends first. */
  next<Kind extends Answer['kind']>(kind: Kind): Promise<Extract<Answer, { readonly kind: Kind }>>
  close(): Promise<void>
}

/** Starts a program that lies beside this one. What it is told and answers is its own word. */
export function startChild<Order extends object, Answer extends { readonly kind: string }>(
  file: string, env: Readonly<Record<string, string>> = {}, words: readonly string[] = [],
): BenchChild<Order, Answer> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), words, { env: { ...process.env, ...env } })
  const isOf = <Kind extends Answer['kind']>(said: Answer, kind: Kind): said is Extract<Answer, { readonly kind: Kind }> => said.kind === kind
  return {
    process: child,
    tell: (order) => void child.send(order),
    async next(kind) {
      const ended = new AbortController()
      try {
        const [said] = await Promise.race([
          once(child, 'message', ended),
          once(child, 'exit', ended).then(([code]) => {
            throw new Error(`${file} ended with ${String(code)}.`)
          }),
        ]) as [Answer]
        if (!isOf(said, kind)) throw new Error(`${file} said ${said.kind} and not ${kind}.`)
        return said
      } finally {
        ended.abort()
      }
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
