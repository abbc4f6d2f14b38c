import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ProviderAnswer, ProviderOrder, Received } from './provider.ts'

export interface Provider {
  readonly url: string
  /** Empties its memory. `isLookingClosely`: it then sums what every mail says, which costs it time. */
  forget(isLookingClosely: boolean): void
  received(): Promise<Received>
  close(): Promise<void>
}

/** Starts the provider that evenings are measured against, in a process of its own on loopback. */
export async function startProvider(): Promise<Provider> {
  const child = fork(fileURLToPath(new URL('./provider.ts', import.meta.url)))
  const say = (order: ProviderOrder): void => void child.send(order)
  const next = async (): Promise<ProviderAnswer> => {
    // Only provider.ts speaks here.
    const [said] = await once(child, 'message') as [ProviderAnswer]
    return said
  }
  const begun = await next()
  if (begun.kind !== 'listening') throw new Error('The provider did not begin to listen.')
  return {
    url: `http://127.0.0.1:${begun.port}`,
    forget: (isLookingClosely) => say({ kind: 'forget', isLookingClosely }),
    async received() {
      const answered = next()
      say({ kind: 'report' })
      const said = await answered
      if (said.kind !== 'received') throw new Error('The provider did not say what it received.')
      return said.received
    },
    async close() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
