import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chosenEngine } from '../../db/engine.ts'
import { openDatabase } from '../../db/open-database.ts'
import { outboxMessages, subscribers, subscriptions } from '../../db/schema.ts'
import { deliveryHandlers } from '../delivery/delivery-handlers.ts'
import { eveningHandler } from '../evening/evening-handler.ts'
import { runEvening } from '../evening/run-evening.ts'
import type { Clock, JobHandlers, Jobs, Mailer } from '../ports.ts'
import { oweVerification } from '../testing/owe-asked.ts'
import { oweNotices } from '../testing/owe-notices.ts'
import { putCase, putEntry } from '../testing/put-case.ts'
import { startResendStandIn, type ResendStandIn } from '../testing/resend-stand-in.ts'
import { FrailLine } from '../testing/frail-line.ts'
import { createKeptLog } from '../testing/stub-mailer.ts'
import { createStubTexter } from '../testing/stub-texter.ts'
import { openWorld, type World } from '../testing/world.ts'
import { workplaceOf, type Work, type Workplace } from '../work.ts'
import { jobFigures, startPgBossJobs, type JobFigures } from './pg-boss-jobs.ts'
import { createResendMailer } from './resend-mailer.ts'

const quick: JobFigures = { ...jobFigures, silence: 10, heartbeatEvery: 2, lookForDeadEvery: 1, longestRetryPause: 1, lookForForgottenEvery: 1, longestQuery: 2 }
const leaseRunsOutMinutes = 2

describe.runIf(chosenEngine() === 'postgres')('jobs by pg-boss (Postgres)', { timeout: 60_000 }, () => {
  let world: World
  let provider: ResendStandIn
  let log: ReturnType<typeof createKeptLog>
  let closing: (() => Promise<unknown>)[]

  beforeEach(async () => {
    world = await openWorld()
    provider = await startResendStandIn()
    log = createKeptLog()
    closing = []
  })
  afterEach(async () => {
    for (const close of closing.reverse()) await close()
    await provider.close()
    await world.close()
  })

  interface Process {
    readonly jobs: Jobs
    readonly workplace: Workplace
    readonly mailer: Mailer
    /** How many mails it handed over. */
    readonly sent: () => number
  }
  /** What another process of the installation has. */
  async function start(isWorker = false, figures = quick, requestsPerSecond = 500, clock: Clock = world.clock, databaseUrl = world.url): Promise<Process> {
    const jobs = await startPgBossJobs({ databaseUrl, log, isWorker, figures })
    closing.push(() => jobs.close())
    const workplace = workplaceOf(openDatabase(databaseUrl), clock, jobs.promiseDelivery)
    closing.push(() => workplace.close())
    const resend = createResendMailer({ apiKey: provider.apiKey, baseUrl: provider.url, requestsPerSecond })
    let sent = 0
    const mailer: Mailer = { ...resend, send: (key, mails) => {
      sent += mails.length
      return resend.send(key, mails)
    } }
    return { jobs, workplace, mailer, sent: () => sent }
  }
  const handlersOf = ({ workplace, mailer }: Process): JobHandlers => ({
    ...deliveryHandlers({
      workplace, mailer, texter: createStubTexter(), profile: world.profile, log, linkKeys: ['k'.repeat(32)], workerName: 'test',
    }),
    evening: null,
  })
  /** Works until the end of the test, or until it is told to stop. */
  function run({ jobs }: Process, handlers: JobHandlers): () => Promise<void> {
    const stop = new AbortController()
    const ended = jobs.runUntilStopped(handlers, stop.signal)
    const end = (): Promise<void> => {
      stop.abort()
      return ended
    }
    closing.push(end)
    return end
  }
  const owe = async (work: Work, cases: number, recipients: number, name = 'owed'): Promise<void> => {
    await work.promiseDelivery((await oweNotices(work, { cases, recipients, name })).length, work.now)
  }
  const jobsIn = async (state: string): Promise<number> =>
    Number((await world.rows(`select count(*)::int as jobs from pgboss.job where name = 'delivery' and state = '${state}'`))[0]?.['jobs'])
  async function until(isSo: () => Promise<boolean> | boolean, withinMs = 30_000): Promise<number> {
    const began = performance.now()
    while (!await isSo()) {
      if (performance.now() - began > withinMs) throw new Error(`It did not come about within ${withinMs} ms. The log: ${log.lines.join('\n')}`)
      await pause(20)
    }
    return performance.now() - began
  }
  const untilSent = (mails: number) => until(() => provider.accepted.length >= mails)
  const expectEachOnce = async (mails: number): Promise<void> => {
    await until(async () => (await world.rows('select distinct state from outbox_messages')).every(({ state }) => state === 'sent'))
    expect(new Set(provider.accepted.map((mail) => mail.messageKey)).size).toBe(mails)
    expect(provider.accepted).toHaveLength(mails)
  }

  it('takes a dead worker\'s job over within two minutes, when what it held has run out', () => {
    const { silence, heartbeatEvery, lookForDeadEvery, longestRetryPause, askEvery } = jobFigures
    expect(silence + lookForDeadEvery + longestRetryPause + askEvery).toBeLessThan(120)
    expect(silence - heartbeatEvery).toBeGreaterThan(60)
  })

  it('is made by as many processes as start at once, and again without harm', async () => {
    const processes = await Promise.all([start(), start(true), start(), start()])
    await start()
    expect(await world.rows('select name, dead_letter from pgboss.queue where name not like \'%pgboss%\' order by name')).toEqual([
      { name: 'dead', dead_letter: null }, { name: 'delivery', dead_letter: 'dead' }, { name: 'evening', dead_letter: 'dead' },
    ])
    expect(processes).toHaveLength(4)
    const connections = await world.rows('select count(*)::int as open from pg_stat_activity where datname = current_database() and application_name = \'track-this-case jobs\'')
    expect(connections[0]?.['open'], 'one each, and up to five of the worker').toBeLessThanOrEqual(4 + 5)
    expect(log.lines).toEqual([])
  })

  it('promises in the transaction: undone with it, and named by nothing', async () => {
    const { workplace } = await start()
    await expect(workplace.inOneTransaction(async (work) => {
      await owe(work, 1, 1)
      throw new Error('Undone.')
    })).rejects.toThrow('Undone.')
    expect(await world.rows('select * from pgboss.job')).toEqual([])
    await workplace.inOneTransaction((work) => owe(work, 1, 1))
    const [job, ...others] = await world.rows('select * from pgboss.job')
    expect(job).toMatchObject({ name: 'delivery', data: null, state: 'created', singleton_key: null, group_id: null })
    expect(others).toEqual([])
  })

  it('plans one job for each hundred notices of an evening', async () => {
    const { workplace } = await start()
    await world.work(async (work) => {
      const caseId = await putCase(work, { number: '26BA-CV00077' })
      const emails = Array.from({ length: 250 }, (_, nth) => `p${nth}@mail.example.com`)
      const people = await work.tx.insert(subscribers)
        .values(emails.map((email) => ({ email, emailKey: email, confirmedAt: work.now, createdAt: work.now }))).returning({ id: subscribers.id })
      await work.tx.insert(subscriptions).values(people.map(({ id }) => ({
        subscriberId: id, caseId, emailState: 'active' as const, textState: 'none' as const, eventTenDays: false, eventTwoDays: false,
        paymentTwoDays: false, emailActiveAfter: 0, linkVersion: 1, createdAt: work.now, emailActiveAt: work.now,
      })))
      await putEntry(work, caseId)
    })
    expect(await runEvening(workplace, world.site, { mayBeFuture: false })).toMatchObject({ notices: 250 })
    expect(await jobsIn('created')).toBe(3)
    await runEvening(workplace, world.site, { mayBeFuture: false })
    expect(await jobsIn('created'), 'nothing more is owed').toBe(3)
  })

  it('lets two workers share the jobs, and each message leave once', async () => {
    const [one, other] = [await start(true, quick, 20), await start(true, quick, 20)]
    await one.workplace.inOneTransaction((work) => owe(work, 30, 50))
    for (const process of [one, other]) run(process, handlersOf(process))
    await untilSent(1500)
    await expectEachOnce(1500)
    expect(one.sent() + other.sent()).toBe(1500)
    expect(Math.min(one.sent(), other.sent())).toBeGreaterThan(300)
    await until(async () => await jobsIn('completed') === 15)
    expect(log.lines.filter((line) => !line.startsWith('Messages were delivered'))).toEqual([])
  })

  it('lets mail that a visitor waits for leave within about a second, also while notices leave', async () => {
    const [web, worker] = [await start(), await start(true, { ...quick, askEvery: 20 }, 10)]
    run(worker, handlersOf(worker))
    await pause(500)
    await web.workplace.inOneTransaction((work) => oweVerification(work))
    expect(await untilSent(1), 'by notification: nobody asks for 20 seconds').toBeLessThan(2000)
    await web.workplace.inOneTransaction((work) => owe(work, 20, 100))
    await untilSent(300)
    await web.workplace.inOneTransaction((work) => oweVerification(work))
    expect(await until(() => provider.accepted.filter(({ subject }) => subject.startsWith('Confirm')).length === 2)).toBeLessThan(2000)
    expect(provider.accepted.length).toBeLessThan(2000)
  })

  it('does again in time what a killed worker was at, with the provider\'s key', async () => {
    const { jobs, workplace } = await start()
    await workplace.inOneTransaction((work) => owe(work, 10, 10))
    const leased = async (): Promise<boolean> => (await world.rows('select 1 from outbox_messages where state = \'leased\'')).length > 0
    provider.change({ fail: () => 'silence' })
    const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('../testing/job-worker.ts', import.meta.url)), JSON.stringify({
      databaseUrl: world.url, url: provider.url, apiKey: provider.apiKey, now: world.clock.now().toISOString(),
    })], { stdio: 'inherit' })
    closing.push(async () => child.kill('SIGKILL'))
    await until(leased)
    child.kill('SIGKILL')
    provider.change({ fail: () => null })
    expect(await jobsIn('active')).toBe(1)
    // The lease has run out by then, as it does in the time that the shipped figures give it.
    world.clock.passMinutes(leaseRunsOutMinutes)
    const second = await start(true)
    run(second, handlersOf(second))
    const tookMs = await untilSent(100)
    expect(tookMs).toBeGreaterThan(5000)
    expect(tookMs).toBeLessThan((quick.silence + quick.lookForDeadEvery + quick.longestRetryPause + quick.askEvery + 10) * 1000)
    await expectEachOnce(100)
    expect(new Set(provider.requests.map(({ key }) => key)).size, 'one batch, tried twice').toBe(1)
    expect(await jobs.listDead()).toEqual([])
    expect(log.lines.filter((line) => line.includes('no job stood')), 'nobody but the job brought it back').toEqual([])
  })

  it('keeps a job that fails every time for an operator, without a word of what it was at, and puts it back', async () => {
    const worker = await start(true, { ...quick, retries: 1 })
    await worker.workplace.inOneTransaction((work) => owe(work, 1, 3))
    let isBroken = true
    const handlers = handlersOf(worker)
    run(worker, { ...handlers, deliver: async (count, signal) => {
      if (isBroken) throw new Error('params: pat@mail.example.com', { cause: Object.assign(new TypeError('pat@mail.example.com'), { code: 'E_BROKEN', detail: 'pat@mail.example.com' }) })
      return handlers.deliver(count, signal)
    }, promiseForgotten: async () => undefined })
    const operator = await start()
    await until(async () => (await operator.jobs.listDead()).length > 0)
    const [dead] = await operator.jobs.listDead()
    expect(dead).toMatchObject({ kind: 'delivery', tries: 2, reason: 'TypeError (E_BROKEN)' })
    expect(dead?.diedAt).toBeInstanceOf(Date)
    expect(JSON.stringify(await world.rows('select * from pgboss.job'))).not.toContain('@')
    isBroken = false
    expect(await operator.jobs.redrive()).toBe(1)
    await untilSent(3)
    await expectEachOnce(3)
    expect(await operator.jobs.listDead()).toEqual([])
    expect(await operator.jobs.redrive()).toBe(0)
  })

  it('finds messages whose jobs were lost, and promises them once', async () => {
    const [one, other] = [await start(true, quick, 10), await start(true, quick, 10)]
    await world.work((work) => oweNotices(work, { cases: 10, recipients: 90 }))
    const still: JobHandlers = { deliver: async () => null, promiseForgotten: handlersOf(one).promiseForgotten, evening: null }
    let counted = 0
    await Promise.all([one, other].map((process) => handlersOf(process).promiseForgotten(async () => {
      counted++
      return jobsIn('created')
    })))
    expect(await jobsIn('created')).toBe(9)
    expect(counted).toBeGreaterThanOrEqual(3)
    await world.rows('delete from pgboss.job')
    const stop = run(one, still)
    await until(async () => await jobsIn('completed') >= 9)
    await stop()
    for (const process of [other]) run(process, handlersOf(process))
    await untilSent(900)
    await expectEachOnce(900)
  })

  it('attends again, in time, to what the provider held back', async () => {
    const worker = await start(true, { ...quick, lookForForgottenEvery: 600 }, 500, { now: () => new Date() })
    await worker.workplace.inOneTransaction((work) => owe(work, 10, 100))
    let turnedAway = 0
    provider.change({ fail: () => (turnedAway++ === 0 ? { tooManyForSeconds: 7 } : null) })
    run(worker, handlersOf(worker))
    await untilSent(1000)
    await expectEachOnce(1000)
    expect(provider.earlyRequests).toBe(0)
  })

  it('goes on when its connections are ended, and leaves nothing out', async () => {
    const [one, other] = [await start(true, quick, 20), await start(true, quick, 20)]
    await one.workplace.inOneTransaction((work) => owe(work, 20, 100))
    for (const process of [one, other]) run(process, handlersOf(process))
    for (const sent of [200, 700, 1200]) {
      await untilSent(sent)
      await world.rows('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')
      // A lease that broke off runs out.
      world.clock.passMinutes(leaseRunsOutMinutes)
    }
    await until(() => provider.accepted.length >= 2000, 50_000)
    await expectEachOnce(2000)
    expect(log.lines.join('\n')).not.toContain('@')
  })

  it('goes on when the database was away, as if nothing had been', async () => {
    const line = await FrailLine.open(world.url)
    closing.push(() => line.cut())
    const worker = await start(true, quick, 500, world.clock, line.url)
    run(worker, handlersOf(worker))
    await pause(500)
    await line.cut()
    const web = await start()
    await web.workplace.inOneTransaction((work) => owe(work, 2, 100))
    await pause(3000)
    expect(provider.accepted).toEqual([])
    await line.mend()
    await untilSent(200)
    await expectEachOnce(200)
    expect(log.lines.filter((line) => line.startsWith('The job queue stumbled')).length, 'said, and not at every look').toBe(1)
    await web.workplace.inOneTransaction((work) => oweVerification(work))
    await untilSent(201)
  })

  it('goes on when the server moved to another machine and its connections never heard of it', async () => {
    const line = await FrailLine.open(world.url)
    closing.push(() => line.cut())
    const worker = await start(true, quick, 500, world.clock, line.url)
    run(worker, handlersOf(worker))
    const web = await start()
    await web.workplace.inOneTransaction((work) => owe(work, 1, 100))
    await untilSent(100)
    await expectEachOnce(100)
    // At rest: a server that is gone holds no lock of ours, and this one, which only seems to be, would.
    await until(async () => await jobsIn('active') === 0)
    line.strand()
    await web.workplace.inOneTransaction((work) => oweVerification(work))
    await until(() => provider.accepted.length > 100, 55_000)
    await expectEachOnce(101)
  })

  it('lets go within 10 seconds, and leaves what is not done to others', async () => {
    const [one, other] = [await start(true), await start(true)]
    await one.workplace.inOneTransaction((work) => owe(work, 10, 20))
    provider.change({ fail: () => 'silence' })
    const stop = run(one, handlersOf(one))
    await until(() => provider.requests.length > 0)
    const began = performance.now()
    await stop()
    await one.jobs.close()
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(await jobsIn('active')).toBe(0)
    expect(await jobsIn('created')).toBeGreaterThan(0)
    provider.change({ fail: () => null })
    world.clock.passMinutes(leaseRunsOutMinutes)
    run(other, handlersOf(other))
    await untilSent(200)
    await expectEachOnce(200)
  })

  describe('the evening (EVENING_SCHEDULE)', () => {
    const scheduled = () => world.rows('select name, cron, timezone from pgboss.schedule')
    const eveningOf = (process: Process): JobHandlers => ({
      ...handlersOf(process),
      evening: eveningHandler({
        workplace: process.workplace, site: world.site, log,
        holdEvening: async (day) => {
          const held = await process.workplace.holdAlone('evening', () => runEvening(process.workplace, world.site, { day, mayBeFuture: false }))
          return held ?? { day, state: 'running', notices: 0, emails: 0, texts: 0, reminders: 0, durationMs: 0 }
        },
      }),
    })

    it('has its cron in the court\'s time zone, and none when it is off', async () => {
      const worker = await start(true)
      const stop = run(worker, eveningOf(worker))
      await until(async () => (await scheduled()).length > 0)
      expect(await scheduled()).toEqual([{ name: 'evening', cron: '0 19 * * 1,2,3,4,5,6,7', timezone: 'America/Chicago' }])
      await stop()
      const next = await start(true)
      run(next, handlersOf(next))
      await until(async () => (await scheduled()).length === 0)
    })

    it('is held once when its hour comes, though two workers look and the cron fires as well', async () => {
      await world.work(async (work) => {
        await oweNotices(work, { cases: 1 })
        await work.tx.delete(outboxMessages)
        await putEntry(work, 1)
      })
      const runs = async () => (await world.rows('select id, notices from digest_runs order by id')).slice(1)
      const processes = [await start(true), await start(true)]
      for (const process of processes) run(process, eveningOf(process))
      await pause(1500)
      expect(await runs()).toEqual([])
      world.clock.set('2026-11-20T19:00:00-06:00')
      // As the cron does.
      await world.rows('insert into pgboss.job (name, retry_limit, heartbeat_seconds) values (\'evening\', 1, 75), (\'evening\', 1, 75)')
      await until(async () => (await runs()).length > 0)
      await untilSent(1)
      await until(async () => (await world.rows('select 1 from pgboss.job where name = \'evening\' and state = \'completed\'')).length === 2)
      await pause(1500)
      expect(await runs()).toEqual([{ id: 2, notices: 1 }])
      await expectEachOnce(1)
    })
  })
})
