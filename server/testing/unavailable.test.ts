import Sqlite from 'better-sqlite3'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chosenEngine, sqliteFileOf } from '../../db/engine.ts'
import { cases as caseTable } from '../../db/schema.ts'
import { readEnv } from '../env.ts'
import { runEvening } from '../evening/run-evening.ts'
import { buildRuntime, type Runtime } from '../runtime.ts'
import { setRuntime } from '../runtime-handle.ts'
import { takeFeed } from '../take-feed.ts'
import { putSubscription } from './put-subscription.ts'
import { startResendStandIn, type ResendStandIn } from './resend-stand-in.ts'
import { openOnSmallDisk, type SmallDisk } from './small-disk.ts'
import { counted, isLong, report, sized } from './torture/scale.ts'
import { tallyOf } from './torture/tally.ts'
import { openWorld, type World } from './world.ts'
import { POST as postEvening } from '../../app/api/cron/digest/route.ts'
import { GET as getHealth } from '../../app/api/health/route.ts'
import { POST as postFeed } from '../../app/api/feed/route.ts'

const secret = 'of-a-test-0123456789abcdef0123456789'
const secrets = { AUTH_SECRET: secret, CRON_SECRET: secret, FEED_SECRET: secret, METRICS_SECRET: secret, LINK_SECRET: secret }
const court = '13-BOONE'
const numberOf = (nth: number): string => `26BA-CV${String(nth).padStart(5, '0')}`

const ask = (path: string, body: string | null = null): Request => new Request(`http://localhost:3000${path}`, {
  method: 'POST', headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/x-ndjson' }, body,
})
const feed = (records: readonly object[]): Promise<Response> => postFeed(ask('/api/feed', records.map((record) => JSON.stringify(record)).join('\n')))
const holdEvening = (): Promise<Response> => postEvening(ask('/api/cron/digest'))
const statusOf = ({ status, headers }: Response): readonly unknown[] => [status, headers.get('retry-after')]

// On Postgres db/open-postgres.test.ts and lost-connection.test.ts break what serves.
describe.runIf(chosenEngine() === 'sqlite')('a database that does not serve for a while', { timeout: sized(60_000, 600_000) }, () => {
  let world: World
  let provider: ResendStandIn
  let runtime: Runtime
  let disk: SmallDisk<Runtime>
  beforeEach(async () => {
    world = await openWorld(new Date().toISOString())
    provider = await startResendStandIn()
    const env = readEnv({
      ...secrets, DATABASE_URL: world.url, MAIL_TRANSPORT: 'resend', RESEND_API_KEY: provider.apiKey, RESEND_BASE_URL: provider.url, MAIL_RATE_PER_SECOND: '50',
    })
    disk = await openOnSmallDisk(() => buildRuntime(env, 'web'))
    runtime = disk.opened
    setRuntime(runtime)
  })
  afterEach(async () => {
    await runtime.close()
    await provider.close()
    await world.close()
  })

  const caseCount = 20
  const readersOfCase = 10
  async function putReaders(): Promise<string[]> {
    const records = Array.from({ length: caseCount }, (_, nth) => ({ type: 'case', number: numberOf(nth), court, caption: 'Harbor v. Lowell' }))
    expect((await feed(records)).status).toBe(200)
    return world.work(async (work) => {
      const owed: string[] = []
      for (const { id } of await work.tx.select({ id: caseTable.id }).from(caseTable)) {
        for (let nth = 0; nth < readersOfCase; nth++) {
          const email = `reader-${id}-${nth}@mail.example.com`
          owed.push(email)
          await putSubscription(work, id, { email })
        }
      }
      return owed
    })
  }
  const entries = (count: number): object[] => Array.from({ length: count }, (_, nth) => ({
    type: 'docketEntry', case: numberOf(nth % caseCount), court, id: `e-${nth}`, filedAt: new Date().toISOString(), code: 'ORDER', description: 'Order', text: 'So ordered. '.repeat(40),
  }))
  const count = async (table: string): Promise<number> => Number((await world.rows(`select count(*) as n from ${table}`))[0]?.['n'])

  /** All that came was taken in and told, once. */
  async function finish(owed: readonly string[], records: readonly object[]) {
    const taken = await feed(records)
    expect(taken.status).toBe(200)
    expect((await holdEvening()).status).toBe(200)
    await runtime.deliver()
    const lost = records.length - await count('docket_entries')
    const twice = await count('docket_changes') - records.length
    const mail = tallyOf(provider, owed, ({ to }) => to)
    return { isRight: lost === 0 && twice === 0 && mail.isRight, figure: `${mail.figure}, ${lost} entries lost and ${twice} twice in ${counted(records.length)}` }
  }

  it('R13: says 503 with Retry-After while the disk is full, and takes all once when there is room', async () => {
    const owed = await putReaders()
    const records = entries(sized(1_000, 20_000))
    // Room for some of it.
    disk.fill(Math.round(records.length / 10))
    expect(statusOf(await feed(records))).toEqual([503, '30'])
    const takenSoFar = await count('docket_entries')
    disk.fill()
    expect(statusOf(await feed(records))).toEqual([503, '30'])
    expect(statusOf(await holdEvening())).toEqual([503, '30'])
    expect((await getHealth(new Request('http://localhost/api/health'))).status).toBe(200)
    const changes = await count('docket_changes')
    const halfWritten = Math.abs(await count('docket_entries') - changes) + await count('digest_runs') + await count('message_contents') + await count('outbox_messages')
    disk.free()
    const { isRight, figure } = await finish(owed, records)
    report('R13', `disk full: ${halfWritten} half written, ${figure}`, isRight && halfWritten === 0)
    expect(takenSoFar).toBeGreaterThan(0)
    expect(takenSoFar).toBeLessThan(records.length)
    expect(halfWritten).toBe(0)
    expect(isRight, figure).toBe(true)
  })

  it('R13: says 503 with Retry-After while another keeps the database, and takes all once when it lets go', async () => {
    const owed = await putReaders()
    const records = entries(sized(100, 10_000))
    // In the long form it waits as long as people wait.
    const impatient = world.openBeside({ waitMs: 50 })
    if (!isLong) {
      const deps = { workplace: impatient, site: runtime.site }
      setRuntime({
        ...runtime, takeFeed: (body, how) => takeFeed(deps, body, how),
        holdEvening: () => runEvening(deps.workplace, deps.site, { mayBeFuture: false }),
      })
    }
    const keeping = new Sqlite(sqliteFileOf(world.url))
    keeping.exec('begin immediate')
    const began = performance.now()
    const answers = [statusOf(await feed(records)), statusOf(await holdEvening())]
    expect((await getHealth(new Request('http://localhost/api/health'))).status).toBe(200)
    const waitedMs = performance.now() - began
    const halfWritten = await count('docket_entries') + await count('digest_runs')
    // One that comes now is waited for.
    const last = feed(records)
    await pause(20)
    keeping.exec('rollback')
    keeping.close()
    const lastStatus = (await last).status
    setRuntime(runtime)
    await impatient.close()
    const { isRight, figure } = await finish(owed, records)
    const isClear = answers.every(([status, retryAfter]) => status === 503 && retryAfter === '30')
    report('R13', `locked for ${(waitedMs / 1000).toFixed(0)} s: ${halfWritten} half written, ${figure}`, isRight && isClear && halfWritten === 0 && lastStatus === 200)
    expect(answers).toEqual([[503, '30'], [503, '30']])
    expect(halfWritten).toBe(0)
    expect(lastStatus).toBe(200)
    expect(isRight, figure).toBe(true)
  })
})
