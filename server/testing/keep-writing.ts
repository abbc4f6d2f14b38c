// A process of its own that takes in docket entries as the feed does, one body after the other, until its input ends:
// node --import tsx keep-writing.ts '{…}'. It says each entry that was acknowledged on a line of its own.
import { chooseEngine } from '../../db/engine.ts'

const orders: unknown = JSON.parse(process.argv[2] ?? 'null')
if (typeof orders !== 'object' || orders === null || !('url' in orders) || typeof orders.url !== 'string' || !('cases' in orders) || !Array.isArray(orders.cases)) {
  throw new Error('It was told nothing that it understands.')
}
const { url } = orders
const numbers: string[] = orders.cases.map(String)
chooseEngine('sqlite')
const { openDatabase } = await import('../../db/open-database.ts')
const { takeRecords } = await import('../domain/docket/take-records.ts')
const { loadProfile } = await import('../profile/load-profile.ts')
const { workplaceOf } = await import('../work.ts')
const { aSite } = await import('./a-site.ts')
const { readingsOf } = await import('./take-all.ts')

const workplace = workplaceOf(openDatabase(url), { now: () => new Date() })
const site = aSite(loadProfile())
let isOver = false
process.stdin.on('end', () => { isOver = true }).resume()
for (let nth = 1; !isOver; nth++) {
  const number = numbers[nth % numbers.length] ?? ''
  const id = `w-${nth}`
  await takeRecords(workplace, readingsOf([{
    type: 'docketEntry', case: number, court: '13-BOONE', id, filedAt: '2026-11-20', description: `Written ${id}.`, text: '',
  }]), { isQuiet: false, site })
  process.stdout.write(`${id}\n`)
}
await workplace.close()
