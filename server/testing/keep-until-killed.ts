// A process of its own for tests of how locks end: node --import tsx keep-until-killed.ts '{…}'. It says "kept" once it has
// what it was told to keep, and keeps it until it is killed.
import { chooseEngine, engineOf } from '../../db/engine.ts'

const orders: unknown = JSON.parse(process.argv[2] ?? 'null')
if (typeof orders !== 'object' || orders === null || !('url' in orders) || typeof orders.url !== 'string' || !('what' in orders)) {
  throw new Error('It was told nothing that it understands.')
}
const { url, what } = orders
// The tables are made for the engine that was chosen before they are loaded.
chooseEngine(engineOf(url))
const { openDatabase } = await import('../../db/open-database.ts')
const { subscribers } = await import('../../db/schema.ts')

const database = openDatabase(url)
// Something to be alive for.
setInterval(() => undefined, 1_000)
const forEver = () => new Promise<never>(() => process.stdout.write('kept\n'))
if (what === 'transaction') {
  await database.inOneTransaction(async (tx) => {
    await tx.insert(subscribers).values({ email: 'killed@example.com', emailKey: 'killed@example.com', createdAt: new Date() })
    await forEver()
  })
} else {
  await database.holdAlone(String(what), forEver)
}
