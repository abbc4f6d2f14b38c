import { asc, eq, sql } from 'drizzle-orm'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chosenEngine } from '../../db/engine.ts'
import { messageContents, outboxMessages, subscriptions } from '../../db/schema.ts'
import { DatabaseUnavailable } from '../../db/tx.ts'
import { createResendMailer } from '../adapters/resend-mailer.ts'
import { diceFor } from '../domain/demo/dice.ts'
import { countRemaining } from '../domain/outbox/count-remaining.ts'
import { leaseBatch } from '../domain/outbox/lease-messages.ts'
import { listOutbox } from '../domain/outbox/list-outbox.ts'
import { mayHaveLeft } from '../domain/outbox/may-have-left.ts'
import { obstacles } from '../domain/outbox/obstacles.ts'
import { settleBatch } from '../domain/outbox/settle-batch.ts'
import { storedProviderId } from '../domain/outbox/stored-provider-id.ts'
import { DeliveryError, type Mailer } from '../ports.ts'
import { oweVerification } from '../testing/owe-asked.ts'
import { aNotice, oweNotices } from '../testing/owe-notices.ts'
import { startResendStandIn, type ResendStandIn, type StandInFailure } from '../testing/resend-stand-in.ts'
import { openOnSmallDisk } from '../testing/small-disk.ts'
import { allSent, createKeptLog, createStubMailer } from '../testing/stub-mailer.ts'
import { counted, report, seed, sized } from '../testing/torture/scale.ts'
import { tallyOf, type Tally } from '../testing/torture/tally.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { Workplace } from '../work.ts'
import { deliverOutbox, type DeliveryDeps, type DeliveryOptions } from './deliver-outbox.ts'
import { createStubTexter } from '../testing/stub-texter.ts'

describe('delivering', () => {
  let world: World
  const closing: (() => Promise<void>)[] = []
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
    await world.close()
  })

  const depsFor = (mailer: Mailer, facts: Partial<DeliveryDeps> = {}): DeliveryDeps =>
    ({ workplace: world.workplace, profile: world.profile, mailer, texter: createStubTexter(), linkKeys: ['k'.repeat(32)], log: createKeptLog(), workerName: 'test', ...facts })
  const deliver = (mailer: Mailer, options?: DeliveryOptions) => deliverOutbox(depsFor(mailer), options)
  const owe = (cases: number, recipients = 1, name = 'owed') => world.work((work) => oweNotices(work, { cases, recipients, name }))
  const rows = () => world.reading().tx.select().from(outboxMessages).orderBy(asc(outboxMessages.id))
  const countIn = (state: typeof outboxMessages.$inferSelect.state) => world.reading().tx.$count(outboxMessages, eq(outboxMessages.state, state))
  async function standIn(rules: Parameters<typeof startResendStandIn>[0] = {}): Promise<ResendStandIn> {
    const started = await startResendStandIn(rules)
    closing.push(() => started.close())
    return started
  }
  const resend = ({ url, apiKey }: ResendStandIn, requestsPerSecond = 1000, timeoutMs = 5000): Mailer =>
    createResendMailer({ apiKey, baseUrl: url, requestsPerSecond, timeoutMs })
  const timesTaken = ({ accepted }: ResendStandIn) => Map.groupBy(accepted, (mail) => mail.messageKey)
  const tally = (at: ResendStandIn, owed: readonly { readonly messageId: number }[]): Tally =>
    tallyOf(at, owed.map(({ messageId }) => `m${messageId}`), (mail) => mail.messageKey)
  const expectEachOnce = (at: ResendStandIn, count: number) => {
    expect(timesTaken(at).size).toBe(count)
    expect(at.accepted).toHaveLength(count)
  }

  it('sends all that is due, a hundred a request, and says what became of it', async () => {
    const owed = await owe(50, 5)
    const mailer = createStubMailer()
    expect(await deliver(mailer)).toEqual({ sent: 250, retrying: 0, failed: 0, cancelled: 0, remaining: 0 })
    expect(mailer.batches.map(({ mails }) => mails.length)).toEqual([100, 100, 50])
    expect(mailer.batches.flatMap(({ mails }) => mails.map((mail) => mail.to))).toEqual(owed.map((one) => one.email))
    expect((await rows())[3]).toMatchObject({ state: 'sent', providerId: 'provider-m4' })
    expect(await deliver(mailer)).toMatchObject({ sent: 0, remaining: 0 })
    expect(mailer.batches).toHaveLength(3)
  })

  it('takes no more batches than it is told to, and waits for none that is turned away', async () => {
    await owe(25)
    const mailer = createStubMailer({ batchLimit: 10 }, (mails, batch) => {
      if (batch === 2) throw new DeliveryError('Too many requests.', { isFinal: false, isUnanswered: false, retryAfterMs: 3000 })
      return allSent(mails)
    })
    expect(await deliver(mailer, { mostMessages: 20 })).toMatchObject({ sent: 20, remaining: 5 })
    expect(mailer.batches.map(({ mails }) => mails.length)).toEqual([10, 10])
    const began = performance.now()
    expect(await deliver(mailer, { mostMessages: 20 })).toMatchObject({ sent: 0, retrying: 5, remaining: 5 })
    expect(performance.now() - began).toBeLessThan(1500)
    expect(await deliver(mailer, { mostMessages: 0 })).toMatchObject({ sent: 0, remaining: 5 })
  })

  it('gives everybody else a turn between batches', async () => {
    await owe(10, 30)
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    await deliver(createStubMailer({ batchLimit: 20 }))
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
  })

  it('R19: lets one poisoned message fail alone, with its reason', async () => {
    const count = sized(20, 1_000)
    const owed = await owe(count)
    // Postgres keeps nothing that is no JSON.
    const poison = chosenEngine() === 'postgres' ? { kind: 'something else' } : sql`'{"kind":"notice",'`
    await world.work(({ tx }) => tx.update(messageContents).set({ payload: poison }).where(eq(messageContents.id, owed[7]?.contentId ?? 0)))
    const done = await deliver(createStubMailer())
    report('R19', `${counted(done.sent)} of ${counted(count)} left, ${done.failed} failed`, done.sent === count - 1 && done.failed === 1)
    expect(done).toEqual({ sent: count - 1, retrying: 0, failed: 1, cancelled: 0, remaining: 0 })
    expect((await rows())[7]).toMatchObject({ state: 'failed', reason: 'No mail could be made of it: What it says cannot be read.' })
  })

  it.each([
    ['has left', 1],
    ['leaves just then', 2],
  ])('writes down what %s though what is next cannot be leased', async (_, concurrency) => {
    const [first] = await owe(3)
    const failing: Workplace = { ...world.workplace, inOneTransaction: (todo) => world.workplace.inOneTransaction(async (work) => {
      const result = await todo(work)
      const leased = await work.tx.select({ id: outboxMessages.id }).from(outboxMessages).where(eq(outboxMessages.state, 'leased'))
      if (leased.some(({ id }) => id !== first?.messageId)) throw new Error('It cannot be leased.')
      return result
    }) }
    // Nothing that it was given would be tried again, nor known to have left.
    const mailer = createStubMailer({ batchLimit: 1, concurrency, remembersForMs: 0 }, async (mails) => {
      await pause(100)
      return allSent(mails)
    })
    await expect(deliverOutbox(depsFor(mailer, { workplace: failing }))).rejects.toThrow('It cannot be leased.')
    expect((await rows()).map(({ state }) => state)).toEqual(['sent', 'waiting', 'waiting'])
  })

  it('sends mail that a visitor asked for meanwhile in the very next request', async () => {
    await owe(60)
    const kinds: string[] = []
    const mailer = createStubMailer({ batchLimit: 10, requestsPerSecond: 50, concurrency: 1 }, async (mails, batch) => {
      kinds.push(mails.every((mail) => mail.subject.startsWith('Case')) ? 'notices' : 'verification')
      if (batch === 1) await world.work((work) => oweVerification(work))
      return allSent(mails)
    })
    await deliver(mailer)
    expect(kinds).toEqual(['notices', 'notices', 'verification', 'notices', 'notices', 'notices', 'notices'])
  })

  it('sends each message once, however many deliver at once', async () => {
    const provider = await standIn()
    await owe(300)
    const others = Array.from({ length: 9 }, () => {
      const beside = world.openBeside({ waitMs: 20_000 })
      closing.push(() => beside.close())
      return beside
    })
    const done = await Promise.all([world.workplace, ...others].map((workplace, index) =>
      deliverOutbox(depsFor({ ...resend(provider, 1000, 10_000), batchLimit: 10 }, { workplace, workerName: `worker-${index}` }))))
    expect(done.reduce((sum, one) => sum + one.sent, 0)).toBe(300)
    expectEachOnce(provider, 300)
  })

  it(`R3: loses and repeats nothing when a fifth of the answers is lost or broken (seed ${seed})`, async () => {
    const ways: readonly StandInFailure[] = ['dropAnswer', 'halfAnswer', 'notJson', 'errorAfterTaking', 'error', 'silence']
    const dice = diceFor(seed, 'R3')
    let failures = 0
    const provider = await standIn({ fail: () => (dice.chance(0.2) ? ways[failures++ % ways.length] ?? null : null), now: () => world.clock.now().getTime() })
    const owed = await owe(sized(40, 1_000), 10)
    const mailer = { ...resend(provider, 1000, sized(300, 2_000)), batchLimit: 10 }
    for (let evening = 0; evening < 60 && await countRemaining(world.reading(), world.profile) > 0; evening++) {
      await deliver(mailer)
      world.clock.passMinutes(10)
    }
    const { figure, isRight, lost, twice } = tally(provider, owed)
    const sent = await countIn('sent')
    report('R3', `${figure}, ${counted(failures)} answers failed`, isRight && sent === owed.length)
    expect({ lost, twice, sent }).toEqual({ lost: 0, twice: 0, sent: owed.length })
    expect(failures).toBeGreaterThan(ways.length)
    const taken = timesTaken(provider)
    for (const row of await rows()) expect(storedProviderId(taken.get(`m${row.id}`)?.[0]?.id ?? '')).toBe(row.providerId)
  })

  it('R4: settles as sent what had left when what it says changed between two tries', async () => {
    const provider = await standIn({ fail: () => 'dropAnswer' })
    const owed = await owe(sized(3, 1_000))
    await deliver(resend(provider, 1000, 10_000))
    provider.change({ fail: () => null })
    await world.work(({ tx }) => tx.update(messageContents).set({ payload: aNotice({ heading: 'In other words' }) }))
    world.clock.passMinutes(1)
    const done = await deliver(resend(provider, 1000, 10_000))
    const { figure, isRight, lost, twice } = tally(provider, owed)
    report('R4', figure, isRight && done.sent === owed.length)
    expect(done).toMatchObject({ sent: owed.length })
    expect({ lost, twice }).toEqual({ lost: 0, twice: 0 })
  })

  it('sends nothing of what was stopped between two tries, and says whether it had left', async () => {
    for (const [name, failure, fate] of [['left', 'dropAnswer', 'sent'], ['stayed', 'error', 'cancelled']] as const) {
      const provider = await standIn({ fail: (request) => (request === 0 ? failure : null) })
      const owed = await owe(3, 1, name)
      await deliver(resend(provider))
      const stopped = owed[1]
      await world.work(({ tx }) => tx.update(subscriptions).set({ emailState: 'stopped' }).where(eq(subscriptions.id, stopped?.subscriptionId ?? 0)))
      world.clock.passMinutes(1)
      await deliver(resend(provider))
      expect((await rows()).find((row) => row.id === stopped?.messageId)?.state).toBe(fate)
      expect(provider.accepted.map((mail) => mail.to)).toHaveLength(fate === 'sent' ? 3 : 2)
    }
  })

  it('does not say of what was dropped that it had not left where nothing is left to ask the provider', async () => {
    const [, other] = await owe(2)
    await deliver(createStubMailer({}, () => {
      throw new DeliveryError('No answer.', { isFinal: false, isUnanswered: true })
    }))
    await world.work(async ({ tx }) => {
      await tx.update(subscriptions).set({ emailState: 'stopped' }).where(eq(subscriptions.id, other?.subscriptionId ?? 0))
      await tx.update(messageContents).set({ payload: { kind: 'something else' } })
    })
    world.clock.passMinutes(1)
    const mailer = createStubMailer()
    expect(await deliver(mailer)).toMatchObject({ sent: 0, failed: 1, cancelled: 1, remaining: 0 })
    expect(mailer.batches).toEqual([])
    expect(await rows()).toMatchObject([{ state: 'parked' }, { state: 'cancelled', reason: mayHaveLeft(obstacles.stopped) }])
  })

  it('R5: parks what stayed unknown for 25 hours, shows it and sends nothing by itself', async () => {
    const provider = await standIn({ fail: () => 'dropAnswer' })
    // As many as are tried before it counts as down.
    const owed = await owe(sized(2, 500))
    await deliver(resend(provider))
    const requests = provider.requests.length
    for (let hours = 25; hours <= 30; hours++) {
      world.clock.passMinutes(hours === 25 ? 25 * 60 : 60)
      expect(await deliver(resend(provider))).toEqual({ sent: 0, retrying: 0, failed: hours === 25 ? owed.length : 0, cancelled: 0, remaining: 0 })
    }
    const shown = await listOutbox(world.reading(), { state: 'parked', limit: owed.length + 1 })
    const sentAfter = provider.requests.length - requests
    report('R5', `${sentAfter} sent by itself, ${counted(shown.length)} of ${counted(owed.length)} shown`, sentAfter === 0 && shown.length === owed.length)
    expect(sentAfter).toBe(0)
    expect(shown.map(({ id }) => id).sort((a, b) => a - b)).toEqual(owed.map(({ messageId }) => messageId))
    expect(shown[0]?.reason).toMatch(/not known/)
  })

  it('R7: tries no message more than eight times in half an hour of failures, and drains within two minutes of its end', async () => {
    let isDown = true
    const provider = await standIn({ fail: () => (isDown ? 'error' : null), now: () => world.clock.now().getTime() })
    // More batches than it asks in that time: with fewer, some are tried twice and wait for longer than two minutes of themselves.
    const owed = await owe(sized(120, 1_000), sized(1, 10))
    const mailer = { ...resend(provider, 50, 10_000), batchLimit: sized(1, 100) }
    for (let minutes = 0; minutes < 30; minutes += 0.25) {
      await deliver(mailer)
      world.clock.passMinutes(0.25)
    }
    const asked = provider.requests.length
    const tries = (await rows()).map(({ attempts }) => attempts)
    const most = Math.max(...tries)
    isDown = false
    const backAt = world.clock.now()
    const began = performance.now()
    while (await countRemaining(world.reading(), world.profile) > 0 && world.clock.now().getTime() - backAt.getTime() < 3_600_000) {
      await deliver(mailer)
      world.clock.passMinutes(0.1)
    }
    const tookSeconds = Math.ceil((world.clock.now().getTime() - backAt.getTime() + performance.now() - began) / 1000)
    const { figure, isRight } = tally(provider, owed)
    report('R7', `${most} tries at most in ${asked} requests; ${counted(owed.length)} drained in ${tookSeconds} s, ${figure}`, most <= 8 && tookSeconds <= 120 && isRight)
    expect(most).toBeLessThanOrEqual(8)
    expect(most).toBeGreaterThan(0)
    // It asks whether the provider is back, and does no more than that.
    expect(asked).toBeLessThan(100)
    expect(isRight, figure).toBe(true)
    expect(tookSeconds).toBeLessThanOrEqual(120)
  })

  it('R9: names the one wrong address of a hundred and sends the others, in one request', async () => {
    const provider = await standIn({ isWrong: (to) => (to.startsWith('owed-42-') ? `The address ${to} does not exist.` : null) })
    await owe(100)
    const done = await deliver(resend(provider))
    report('R9', `${done.sent} left in ${provider.requests.length} request`, done.sent === 99 && done.failed === 1 && provider.requests.length <= 8)
    expect(done).toMatchObject({ sent: 99, failed: 1, remaining: 0 })
    expect(provider.requests).toHaveLength(1)
    expect((await rows())[42]).toMatchObject({ state: 'failed', reason: 'The address (address) does not exist.' })
    expectEachOnce(provider, 99)
  })

  it.each([
    { why: 'there were too many requests', fail: { tooManyForSeconds: 1 } },
    { why: 'the quota is spent', fail: { tooManyForSeconds: 1, isQuota: true } },
  ] as const)('R6: waits exactly as long as the provider asks when $why, and sends what a visitor waits for first when it opens', async ({ why, fail }) => {
    const provider = await standIn({ fail: (request) => (request === 0 ? fail : null) })
    await owe(3)
    const mailer = { ...resend(provider), batchLimit: 1, concurrency: 1 }
    const began = performance.now()
    const done = deliver(mailer)
    while (provider.requests.length === 0) await pause(10)
    await pause(200)
    await world.work((work) => oweVerification(work))
    await done
    const [first] = provider.accepted
    const waitedMs = (first?.acceptedAtMs ?? 0) - began
    const isAskedFirst = first?.subject === 'Confirm that you want to track'
    report('R6', `${provider.earlyRequests} early requests when ${why}`, provider.earlyRequests === 0 && isAskedFirst && waitedMs >= 1000)
    expect(provider.earlyRequests).toBe(0)
    expect(isAskedFirst).toBe(true)
    expect(waitedMs).toBeGreaterThanOrEqual(1000)
    // The one that was turned away waits by the clock of the database, and that was no try.
    expect((await rows()).find((row) => row.state === 'waiting')).toMatchObject({ attempts: 0, batchId: null, dueAt: new Date(world.clock.now().getTime() + 1000) })
    world.clock.passMinutes(1)
    expect(await deliver(mailer)).toMatchObject({ sent: 1, remaining: 0 })
  })

  it('R6: asks ten minutes later again when the quota is spent and nobody says for how long', async () => {
    const provider = await standIn({ fail: () => ({ tooManyForSeconds: null, isQuota: true }) })
    await owe(3)
    const mailer = { ...resend(provider), batchLimit: 1, concurrency: 1 }
    for (let times = 0; times < sized(3, 100); times++) expect(await deliver(mailer)).toMatchObject({ sent: 0, remaining: 3 })
    report('R6', `${provider.requests.length - 1} more in the ten minutes after a spent quota`, provider.requests.length === 1)
    expect(provider.requests).toHaveLength(1)
    expect((await rows())[0]).toMatchObject({ attempts: 0, batchId: null, dueAt: new Date(world.clock.now().getTime() + 600_000) })
  })

  it('returns at once when the provider asks for a long rest', async () => {
    const provider = await standIn({ fail: () => ({ tooManyForSeconds: 3600 }) })
    await owe(3)
    const mailer = { ...resend(provider), batchLimit: 1, concurrency: 1 }
    const began = performance.now()
    expect(await deliver(mailer)).toEqual({ sent: 0, retrying: 1, failed: 0, cancelled: 0, remaining: 3 })
    expect(await deliver(mailer)).toMatchObject({ sent: 0, remaining: 3 })
    expect(performance.now() - began).toBeLessThan(3000)
    expect(provider.requests).toHaveLength(1)
  })

  it('keeps a limited provider full and is never one too many', async () => {
    const provider = await standIn({ requestsPerSecond: 20, latencyMs: 80 })
    await owe(30)
    const began = performance.now()
    expect(await deliver({ ...resend(provider, 20), batchLimit: 1 })).toMatchObject({ sent: 30 })
    expect(provider.requests.map(({ status }) => status)).toEqual(Array<number>(30).fill(200))
    expect(performance.now() - began).toBeGreaterThan(1400)
  })

  it('R11: lets a worker that wakes too late neither settle nor send twice', async () => {
    const provider = await standIn()
    const times = sized(1, 100)
    const owed: { readonly messageId: number }[] = []
    let settledLate = 0
    for (let time = 0; time < times; time++) {
      owed.push(...await owe(2, 1, `freeze-${time}`))
      const real = resend(provider)
      const asleep = Promise.withResolvers<undefined>()
      const fellAsleep = Promise.withResolvers<undefined>()
      const frozen = deliverOutbox(depsFor({ ...real, send: async (key, mails) => {
        fellAsleep.resolve(undefined)
        await asleep.promise
        return real.send(key, mails)
      } }, { workerName: 'frozen' }), { mostMessages: 1 })
      await fellAsleep.promise
      world.clock.passMinutes(2)
      expect(await deliver(resend(provider))).toMatchObject({ sent: 2 })
      asleep.resolve(undefined)
      const { sent, failed, retrying } = await frozen
      settledLate += sent + failed + retrying
    }
    const { figure, isRight, lost, twice } = tally(provider, owed)
    report('R11', `${figure}, ${settledLate} settled late after ${times} freezes`, isRight && settledLate === 0)
    expect({ lost, twice, settledLate }).toEqual({ lost: 0, twice: 0, settledLate: 0 })
    expect(await countIn('sent')).toBe(owed.length)
  })

  it('takes what no provider should throw as an answer that was lost', async () => {
    await owe(2)
    const log = createKeptLog()
    const mailer = createStubMailer({}, (mails, batch) => {
      if (batch === 0) throw new TypeError('pat@mail.example.com is not a function')
      return allSent(mails)
    })
    expect(await deliverOutbox(depsFor(mailer, { log }))).toMatchObject({ retrying: 2 })
    world.clock.passMinutes(1)
    expect(await deliver(mailer)).toMatchObject({ sent: 2 })
    expect(mailer.batches[1]?.key).toBe(mailer.batches[0]?.key)
    expect(log.lines.join()).not.toContain('@')
  })

  it('stops taking more when it is told to, and finishes what is under way', async () => {
    await owe(10)
    const stop = new AbortController()
    const mailer = createStubMailer({ batchLimit: 1, concurrency: 1 }, async (mails, batch) => {
      if (batch === 2) stop.abort()
      await pause(20)
      return allSent(mails)
    })
    expect(await deliver(mailer, { until: stop.signal })).toMatchObject({ sent: 3, remaining: 7 })
  })

  it('R18: lets go within ten seconds of what does not end, which another then sends under the same key', async () => {
    await owe(1)
    const stop = new AbortController()
    const hanging = createStubMailer({}, () => new Promise(() => {}))
    setTimeout(() => stop.abort(), 100)
    const began = performance.now()
    expect(await deliver(hanging, { until: stop.signal })).toMatchObject({ sent: 0, remaining: 1 })
    const tookMs = performance.now() - began
    report('R18', `let go of what hangs within ${(tookMs / 1000).toFixed(1)} s`, tookMs < 10_000)
    expect(tookMs).toBeLessThan(10_000)
    world.clock.passMinutes(2)
    const mailer = createStubMailer()
    expect(await deliver(mailer)).toMatchObject({ sent: 1 })
    expect(mailer.batches[0]?.key).toBe(hanging.batches[0]?.key)
  })

  it('waits for the notices of a run that another is sending, if asked to', async () => {
    await owe(1)
    const { batch } = await world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'other', limit: 1, seconds: 60, remembersForMs: 1 }))
    if (!batch) throw new Error('Nothing was leased.')
    const waiting = deliver(createStubMailer(), { runIds: [1], until: AbortSignal.timeout(10_000) })
    await pause(300)
    await world.work((work) => settleBatch(work, batch, { kind: 'answered', mails: [{ kind: 'sent', providerId: null }] }, { remembersForMs: 1, jitter: 0 }))
    expect(await waiting).toMatchObject({ sent: 0, remaining: 0 })
    // And no longer than it is told to.
    await owe(1, 1, 'more')
    await deliver(createStubMailer({}, () => {
      throw new DeliveryError('busy', { isFinal: false, isUnanswered: true })
    }), { runIds: [2], until: AbortSignal.timeout(100) })
    expect(await countIn('waiting')).toBe(1)
  })

  it('parks an unanswered mail where the provider remembers nothing, a verification excepted', async () => {
    await owe(1)
    await world.work((work) => oweVerification(work))
    const lost = (): never => {
      throw new DeliveryError('The line broke.', { isFinal: false, isUnanswered: true })
    }
    expect(await deliver(createStubMailer({ remembersForMs: 0, batchLimit: 1 }, lost))).toMatchObject({ failed: 1, retrying: 1, remaining: 1 })
    expect((await rows()).map((row) => row.state)).toEqual(['parked', 'waiting'])
  })

  describe('while another keeps the database', () => {
    /** A workplace that waits no longer than a moment, as if it had waited for long. */
    function impatient(): Workplace {
      const beside = world.openBeside({ waitMs: 200 })
      closing.push(() => beside.close())
      return beside
    }
    async function keepDatabase(): Promise<() => void> {
      const other = world.openBeside({ waitMs: 20_000 })
      closing.push(() => other.close())
      let release = (): void => undefined
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      await new Promise<void>((resolve) => {
        other.inOneTransaction(() => {
          resolve()
          return released
        }).catch(() => undefined)
      })
      return release
    }

    it('writes down what has left as soon as it can, and sends it once', async () => {
      await owe(4)
      const mailer = createStubMailer({ batchLimit: 2 }, async (mails, batch) => {
        if (batch === 0) {
          const release = await keepDatabase()
          setTimeout(release, 700)
        }
        return allSent(mails)
      })
      expect(await deliverOutbox(depsFor(mailer, { workplace: impatient() }))).toMatchObject({ sent: 4, remaining: 0 })
      expect(mailer.batches.map(({ mails }) => mails.length)).toEqual([2, 2])
      expect(await countIn('sent')).toBe(4)
    })

    it('gives up at once where it holds nothing', async () => {
      await owe(1)
      const release = await keepDatabase()
      const mailer = createStubMailer()
      const began = performance.now()
      try {
        await expect(deliverOutbox(depsFor(mailer, { workplace: impatient() }))).rejects.toThrow(DatabaseUnavailable)
        expect(performance.now() - began).toBeLessThan(5000)
      } finally {
        release()
      }
      expect(mailer.batches).toEqual([])
    })
  })

  it.runIf(chosenEngine() === 'sqlite')('R13: loses and repeats nothing when the disk is full as mail leaves (SQLite)', async () => {
    const owed = await owe(sized(100, 1_000), 10)
    const { opened: workplace, fill, free } = await openOnSmallDisk(() => world.openBeside())
    closing.push(() => workplace.close())
    const provider = await standIn()
    let requests = 0
    provider.change({ arrived: () => {
      if (++requests === 3) fill()
    } })
    const mailer = { ...resend(provider), batchLimit: 10, concurrency: 2 }
    await expect(deliverOutbox(depsFor(mailer, { workplace }))).rejects.toMatchObject({ code: 'SQLITE_FULL' })
    const left = provider.accepted.length
    free()
    world.clock.passMinutes(2)
    const last = await deliverOutbox(depsFor(mailer, { workplace }))
    const { figure, isRight } = tally(provider, owed)
    report('R13', `disk full while mail leaves: ${figure}`, isRight && last.remaining === 0)
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThan(owed.length)
    expect(isRight, figure).toBe(true)
    expect(await countIn('sent')).toBe(owed.length)
  })
})
