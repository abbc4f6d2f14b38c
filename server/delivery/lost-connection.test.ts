import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chosenEngine } from '../../db/engine.ts'
import { unavailabilityOf } from '../../db/tx.ts'
import { createResendMailer } from '../adapters/resend-mailer.ts'
import { countRemaining } from '../domain/outbox/count-remaining.ts'
import { oweVerification } from '../testing/owe-asked.ts'
import { oweNotices } from '../testing/owe-notices.ts'
import { startResendStandIn, type ResendStandIn } from '../testing/resend-stand-in.ts'
import { createKeptLog } from '../testing/stub-mailer.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { DeliveryStep } from './deliver-channel.ts'
import { deliverOutbox } from './deliver-outbox.ts'
import { createStubTexter } from '../testing/stub-texter.ts'

const steps: readonly DeliveryStep[] = ['leased', 'composed', 'answered', 'settled']

describe.runIf(chosenEngine() === 'postgres')('a worker whose connection to the database breaks (Postgres)', { timeout: 120_000 }, () => {
  let world: World
  let provider: ResendStandIn
  let admin: pg.Client
  beforeEach(async () => {
    world = await openWorld()
    provider = await startResendStandIn({ latencyMs: 10, now: () => world.clock.now().getTime() })
    admin = new pg.Client({ connectionString: world.url })
    await admin.connect()
  })
  afterEach(async () => {
    await admin.end()
    await provider.close()
    await world.close()
  })

  it.each(steps)('loses nothing and sends nothing twice when it breaks each time that a batch is %s', async (at) => {
    await world.work(async (work) => {
      await oweNotices(work, { cases: 12, recipients: 10 })
      await oweVerification(work)
    })
    const ends: Promise<unknown>[] = []
    const reached = (step: DeliveryStep): void => {
      // What it does next may meet it before, in or after its transaction.
      if (step === at) ends.push(admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'))
    }
    for (let tries = 0; tries < 30 && await countRemaining(world.reading(), world.profile) > 0; tries++) {
      await deliverOutbox({
        workplace: world.workplace, profile: world.profile, texter: createStubTexter(), linkKeys: ['k'.repeat(32)], log: createKeptLog(), workerName: 'test', reached,
        mailer: { ...createResendMailer({ apiKey: provider.apiKey, baseUrl: provider.url, requestsPerSecond: 50 }), batchLimit: 10 },
      }).catch((error: unknown) => {
        if (!unavailabilityOf(error)) throw error
      })
      // What nobody could settle is tried again when its lease has run out.
      world.clock.passMinutes(2)
    }
    expect((await Promise.all(ends)).length).toBeGreaterThanOrEqual(13)
    expect(new Set(provider.accepted.map((mail) => mail.messageKey)).size).toBe(121)
    expect(provider.accepted).toHaveLength(121)
    expect(await world.rows('select state, count(*) as messages from outbox_messages group by state')).toEqual([{ state: 'sent', messages: 121 }])
  })
})
