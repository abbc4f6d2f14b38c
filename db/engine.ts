export type Engine = 'sqlite' | 'postgres'

/** The engine that an address of a database names: `postgres://…` (or `postgresql://…`) Postgres, anything else SQLite. */
export const engineOf = (databaseUrl: string): Engine => (/^postgres(ql)?:\/\//.test(databaseUrl) ? 'postgres' : 'sqlite')

/** The file of a `file:…` address. */
export const sqliteFileOf = (databaseUrl: string): string => databaseUrl.replace(/^file:/, '')

let chosen: Engine | undefined

/**
 * Says which engine this process works on. An entry point says it in its first import, before the tables are made (see
 * `server/choose-engine.ts`); afterwards another word is refused, since tables of one engine do not serve the other.
 */
export function chooseEngine(engine: Engine): void {
  if (chosen !== undefined && chosen !== engine) {
    throw new Error(`This process works on ${chosen} already and cannot open ${engine === 'postgres' ? 'Postgres' : 'SQLite'} tables.`)
  }
  chosen = engine
}

/** The engine of this process; SQLite where nobody chose. */
export const chosenEngine = (): Engine => (chosen ??= 'sqlite')
