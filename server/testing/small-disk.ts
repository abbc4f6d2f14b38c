import Sqlite from 'better-sqlite3'

export interface SmallDisk<T> {
  readonly opened: T
  /** From now on what was opened finds no room for more than so many pages beyond what it has. */
  readonly fill: (pages?: number) => void
  /** There is room again. */
  readonly free: () => void
}

const mostPages = 4_294_967_294

/** Opens SQLite databases as if on a disk of their own that can be filled. */
export async function openOnSmallDisk<T>(open: () => T | Promise<T>): Promise<SmallDisk<T>> {
  const pragma: unknown = Reflect.get(Sqlite.prototype, 'pragma')
  if (typeof pragma !== 'function') throw new Error('Nothing to watch.')
  const set = (value: unknown) => Object.defineProperty(Sqlite.prototype, 'pragma', { value, configurable: true, writable: true })
  const ask = (connection: unknown, ...asked: unknown[]): unknown => Reflect.apply(pragma, connection, asked)
  const connections = new Set<unknown>()
  set(function watched(this: unknown, ...asked: unknown[]): unknown {
    connections.add(this)
    return ask(this, ...asked)
  })
  const openOnes = (): unknown[] => [...connections].filter((connection) => connection instanceof Sqlite && connection.open)
  try {
    return {
      opened: await open(),
      fill(pages = 0) {
        for (const one of openOnes()) ask(one, `max_page_count = ${Number(ask(one, 'page_count', { simple: true })) + pages}`)
      },
      free() {
        for (const one of openOnes()) ask(one, `max_page_count = ${mostPages}`)
      },
    }
  } finally {
    set(pragma)
  }
}
