import { describe, expect, it } from 'vitest'
import { chosenEngine } from '../../db/engine.ts'
import { createResendMailer } from '../adapters/resend-mailer.ts'
import { diceFor } from '../domain/demo/dice.ts'
import { runEvening, type EveningStep } from '../evening/run-evening.ts'
import { oweVerification } from '../testing/owe-asked.ts'
import { oweNotices } from '../testing/owe-notices.ts'
import { putSmallEvening } from '../testing/put-small-evening.ts'
import { startResendStandIn, type ResendStandIn } from '../testing/resend-stand-in.ts'
import { startWorker, type StartedWorker } from '../testing/start-worker.ts'
import { createKeptLog } from '../testing/stub-mailer.ts'
import { createStubTexter } from '../testing/stub-texter.ts'
import { report, seed, sized } from '../testing/torture/scale.ts'
import { tallyOf, type Tally } from '../testing/torture/tally.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { DeliveryStep } from './deliver-channel.ts'
import { deliverOutbox } from './deliver-outbox.ts'

// Longer than a lease, and than a slow machine takes to start a process whose clock was set before.
const leaseRunsOutMinutes = 3

const eveningSteps: readonly EveningStep[] = ['taken', 'reminded', 'frozen', 'planned', 'bundled', 'watched', 'finished', 'committed']
const deliverySteps: readonly (readonly [DeliveryStep, number])[] = [['leased', 1], ['composed', 2], ['answered', 1], ['settled', 1]]

interface Place {
  readonly world: World
  readonly provider: ResendStandIn
}

async function inPlace<T>(todo: (place: Place) => Promise<T>): Promise<T> {
  const world = await openWorld('2026-11-20T18:00:00-06:00')
  const provider = await startResendStandIn({ now: () => world.clock.now().getTime() })
  try {
    return await todo({ world, provider })
  } finally {
    await provider.close()
    await world.close()
  }
}

/** A process whose clock will be so far ahead of the world's as it is now. */
const startIn = ({ world, provider }: Place, orders: object, minutesAhead = 0): Promise<StartedWorker> => startWorker({
  databaseUrl: world.url, url: provider.url, apiKey: provider.apiKey, batchLimit: 10,
  aheadMs: world.clock.now().getTime() + minutesAhead * 60_000 - Date.now(), ...orders,
})

const deliverIn = ({ world, provider }: Place) => deliverOutbox({
  workplace: world.workplace, profile: world.profile, texter: createStubTexter(), linkKeys: ['k'.repeat(32)], log: createKeptLog(), workerName: 'last',
  mailer: createResendMailer({ apiKey: provider.apiKey, baseUrl: provider.url, requestsPerSecond: 500 }),
})

/** The next one gets ready while this one works. */
async function* each(orders: readonly (() => Promise<StartedWorker>)[]): AsyncGenerator<StartedWorker> {
  let next = orders[0]?.()
  try {
    for (let nth = 0; next; nth++) {
      const worker = await next
      next = orders[nth + 1]?.()
      yield worker
    }
  } finally {
    (await next)?.kill()
  }
}

async function isWhole({ world }: Place): Promise<boolean> {
  return chosenEngine() !== 'sqlite' || JSON.stringify(await world.rows('pragma integrity_check')) === '[{"integrity_check":"ok"}]'
}

/** Kills a process at each step of one evening, one after the other, and lets the last one finish it. */
const killAtEachStep = (): Promise<Tally & { readonly deaths: number }> => inPlace(async (place) => {
  const { world, provider } = place
  const owed = await putSmallEvening(world)
  let deaths = 0
  for await (const worker of each(eveningSteps.map((dieAt) => () => startIn(place, { task: 'holdEvening', dieAt })))) {
    await worker.ready
    worker.begin()
    expect((await worker.end).signal).toBe('SIGKILL')
    deaths++
    const rows = await world.rows('select (select count(*) from digest_runs) + (select count(*) from message_contents) as n from outbox_messages union all select 0')
    if (deaths < eveningSteps.length) expect(rows, eveningSteps[deaths - 1]).toEqual([{ n: 0 }])
  }
  const lives = deliverySteps.map(([dieAt, dieOn], nth) => () => startIn(place, { dieAt, dieOn }, (nth + 1) * leaseRunsOutMinutes))
  for await (const worker of each(lives)) {
    await worker.ready
    worker.begin()
    expect((await worker.end).signal).toBe('SIGKILL')
    deaths++
  }
  world.clock.passMinutes((deliverySteps.length + 1) * leaseRunsOutMinutes)
  await runEvening(world.workplace, world.site, { mayBeFuture: false })
  expect(await deliverIn(place)).toMatchObject({ retrying: 0, failed: 0, remaining: 0 })
  expect(await world.rows('select distinct state from outbox_messages')).toEqual([{ state: 'sent' }])
  expect(await isWhole(place)).toBe(true)
  return { ...tallyOf(provider, owed, (mail) => mail.to), deaths }
})

describe('a process that is killed', { timeout: sized(180_000, 7_200_000) }, () => {
  it('R1: loses nothing and repeats nothing, whatever step of the evening it dies at', async () => {
    const steps = eveningSteps.length + deliverySteps.length
    const rounds = sized(1, 100)
    let done = 0
    let deaths = 0
    const sum = { lost: 0, twice: 0 }
    let isFinished = false
    try {
      await Promise.all(Array.from({ length: sized(1, 2) }, async () => {
        while (done < rounds) {
          done++
          const { lost, twice, deaths: own } = await killAtEachStep()
          sum.lost += lost
          sum.twice += twice
          deaths += own
        }
      }))
      isFinished = true
    } finally {
      report('R1', `${sum.lost} lost, ${sum.twice} twice after ${deaths} deaths at ${steps} steps`, isFinished && sum.lost + sum.twice === 0)
    }
    expect(sum).toEqual({ lost: 0, twice: 0 })
    expect(deaths).toBe(rounds * steps)
  })

  it(`R2: loses nothing and repeats nothing, whenever it dies while mail leaves (seed ${seed})`, () => inPlace(async (place) => {
    const { world, provider } = place
    const dice = diceFor(seed, 'R2')
    const cases = sized(50, 1_000)
    const owed = await world.work(async (work) => {
      const notices = await oweNotices(work, { cases, recipients: 10 })
      return [...notices.map((one) => one.email), (await oweVerification(work)).email]
    })
    const deaths = sized(3, 50)
    let isAlwaysWhole = true
    const lives = Array.from({ length: deaths }, (_, nth) => () => startIn(place, {}, (nth + 1) * leaseRunsOutMinutes))
    for await (const worker of each(lives)) {
      let left = dice.between(0, 20)
      const waitMs = dice.between(0, 20)
      await worker.ready
      worker.begin()
      const dieSoon = (): void => void setTimeout(() => worker.kill(), waitMs)
      provider.change({ latencyMs: 5, arrived: () => left-- === 1 && dieSoon() })
      if (left === 0) dieSoon()
      expect((await worker.end).signal).toBe('SIGKILL')
      isAlwaysWhole &&= await isWhole(place)
    }
    provider.change({ arrived: () => undefined })
    world.clock.passMinutes((deaths + 1) * leaseRunsOutMinutes)
    const before = provider.accepted.length
    const last = await deliverIn(place)
    const tally = tallyOf(provider, owed, (mail) => mail.to)
    report('R2', `${tally.figure} after ${deaths} deaths`, tally.isRight && isAlwaysWhole && last.remaining === 0)
    expect(before).toBeLessThan(owed.length)
    expect(last).toMatchObject({ retrying: 0, failed: 0, remaining: 0 })
    expect(tally).toMatchObject({ lost: 0, twice: 0 })
    expect(isAlwaysWhole).toBe(true)
    expect(await world.rows('select state, count(*) as messages from outbox_messages group by state')).toEqual([{ state: 'sent', messages: owed.length }])
  }))
})
