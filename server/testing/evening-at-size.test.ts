import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putEvening } from '../../bench/put-evening.ts'
import { outboxMessages } from '../../db/schema.ts'
import { createResendMailer } from '../adapters/resend-mailer.ts'
import { deliverOutbox } from '../delivery/deliver-outbox.ts'
import { runEvening } from '../evening/run-evening.ts'
import type { Log } from '../ports.ts'
import type { Workplace } from '../work.ts'
import { fillWorld } from './fill-world.ts'
import { startResendStandIn, type ResendStandIn } from './resend-stand-in.ts'
import { openWorld, type World } from './world.ts'
import { loadProfile } from '../profile/load-profile.ts'
import { createStubTexter } from './stub-texter.ts'

let world: World
let provider: ResendStandIn
let others: Workplace[]

beforeEach(async () => {
  world = await openWorld('2026-11-20T18:00:00-06:00')
  provider = await startResendStandIn()
  // As other processes would open the same database.
  others = [1, 2].map(() => world.openBeside())
})
afterEach(async () => {
  await Promise.all(others.map((one) => one.close()))
  await provider.close()
  await world.close()
})

const log: Log = {
  info: () => undefined,
  error: (fact, error) => {
    throw new Error(fact, { cause: error })
  },
}

const deliver = (workplace: Workplace, workerName: string) => deliverOutbox({
  workplace, log, workerName, linkKeys: ['a-secret-of-this-test'], profile: loadProfile(), texter: createStubTexter(),
  mailer: createResendMailer({ apiKey: provider.apiKey, baseUrl: provider.url, requestsPerSecond: 50, timeoutMs: 25_000 }),
})

/** `address number` of every mail that was taken, as often as it was. */
const told = (): string[] => provider.accepted.map(({ to, subject }) => `${to} ${/^Case (\S+):/.exec(subject)?.[1] ?? ''}`).sort()

describe('an evening of 10,000 subscriptions and 2,000 changed entries (F2, N1)', () => {
  it('leaves the provider with exactly the right set, each once, though ten hold it and three deliver it at once', async () => {
    const { owed } = await fillWorld(world, (file) => putEvening(file, { cases: 20_000, subscriptions: 10_000, entries: 2_000 }))
    expect(owed.length).toBeGreaterThan(3_000)
    const workplaces = [world.workplace, ...others]

    const held = await Promise.all(Array.from({ length: 10 }, (_, nth) =>
      runEvening(workplaces[nth % workplaces.length] ?? world.workplace, world.site, { mayBeFuture: false })))
    expect(held.reduce((sum, one) => sum + one.notices, 0)).toBe(owed.length)

    const delivered = await Promise.all(workplaces.map((workplace, nth) => deliver(workplace, `worker-${nth}`)))
    expect(delivered.reduce((sum, one) => sum + one.sent, 0)).toBe(owed.length)
    expect(told()).toEqual([...owed].sort())

    expect(await world.rows('select distinct state from outbox_messages')).toEqual([{ state: 'sent' }])
  })

  it('tells nobody anything more when it is held and delivered again', async () => {
    const { owed } = await fillWorld(world, (file) => putEvening(file, { cases: 8_000, subscriptions: 1_000, entries: 500 }))
    for (let time = 0; time < 3; time++) {
      await runEvening(world.workplace, world.site, { mayBeFuture: false })
      await deliver(world.workplace, 'worker')
    }
    expect(told()).toEqual([...owed].sort())
    expect(await world.reading().tx.$count(outboxMessages)).toBe(owed.length)
  })
})
