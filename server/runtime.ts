import { TRPCError } from '@trpc/server'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../db/open-database.ts'
import { unavailabilityOf } from '../db/tx.ts'
import { atomFeed } from './adapters/atom-feed.ts'
import { createEveningPing } from './adapters/evening-ping.ts'
import { pinoLog } from './adapters/pino-log.ts'
import { createMetrics } from './adapters/prom-metrics.ts'
import type { SignedCall } from './adapters/resend-webhook.ts'
import { createTotpFactors } from './adapters/totp-factors.ts'
import { dayOf } from './contract/court-time.ts'
import { noEveningNow } from './contract/hours-wording.ts'
import { requestIdHeader } from './contract/request-id-header.ts'
import { Refusal } from './contract/refusals.ts'
import { getCalendarHearing } from './domain/calendar/get-calendar-hearing.ts'
import { listCalendarHearings } from './domain/calendar/list-calendar-hearings.ts'
import { readCaseFeed, readDocketFeed } from './domain/cases/docket-feeds.ts'
import type { CaseName } from './domain/cases/public-cases-named.ts'
import { findFeedOwner } from './domain/my-cases/private-feeds.ts'
import { countCases } from './domain/cases/count-cases.ts'
import { findNewestRun } from './domain/digest/find-newest-run.ts'
import { isOpen, opensAt } from './domain/hours/service-hours.ts'
import { readMetrics } from './domain/operator/read-metrics.ts'
import { isEveningOverdue } from './domain/operator/read-feed-lag.ts'
import { putProfileCourts } from './domain/courts/put-profile-courts.ts'
import type { Site } from './domain/outbox/message-frame.ts'
import { hashClientAddress } from './client-address.ts'
import { databaseClock } from './database-clock.ts'
import { calendarFile } from './delivery/calendar-file.ts'
import { createCopyComposer } from './delivery/copy-composer.ts'
import { deliverOutbox, type DeliveryDeps } from './delivery/deliver-outbox.ts'
import { deliveryHandlers } from './delivery/delivery-handlers.ts'
import type { Env } from './env.ts'
import { evenMs, inEvenTime } from './even-time.ts'
import { eveningHandler } from './evening/evening-handler.ts'
import { runEvening, type EveningResult, type HeldEvening } from './evening/run-evening.ts'
import { purgeAfterEvenings } from './evening/purge-after-evenings.ts'
import { watchForOutages } from './outage-watch.ts'
import { authenticatorFor, rateLimitsFor } from './log-ins.ts'
import { bearsSecret, isSecret } from './machine-secret.ts'
import { pagesUnderWay } from './pages-under-way.ts'
import type { Attachment, Cookie, Session } from './ports.ts'
import { prepareDatabase } from './prepare-database.ts'
import { answerProcedures } from './routers/answer-procedures.ts'
import { appRouter } from './routers/app-router.ts'
import { takeCourtListener, takeFeed } from './take-feed.ts'
import { takeMailCall } from './mail-webhook.ts'
import { takeTextCall, type TextCall } from './text-webhook.ts'
import { createCallerFactory, type Context } from './trpc.ts'
import { captchaOf, mailerOf, profileFor, texterOf, textSettingsOf } from './ways-out.ts'
import { workplaceOf } from './work.ts'

const createCaller = createCallerFactory(appRouter)
export type Caller = ReturnType<typeof createCaller>

/** Of a request: what its caller is known by. */
export interface RequestFacts {
  readonly clientAddress: string
  readonly headers: Headers
  /** Where cookies go that its answer is to set; absent for a page that is only read. */
  readonly setCookie?: (cookie: Cookie) => void
}

export type Runtime = Awaited<ReturnType<typeof buildRuntime>>

const longestWaitMs = 120_000
const evenly = inEvenTime(evenMs)
// Who asks whether we are well does not wait as long as a visitor may.
const wellWithinMs = 3000

/**
 * Builds what a process needs, once: the database brought to its newest schema, the court profile in it, the adapters that
 * the environment names. `role` names the process in logs and leases.
 */
export async function buildRuntime(env: Env, role: 'web' | 'worker' | 'command') {
  const log = pinoLog(role)
  const profile = profileFor(env, log)
  const jobs = await prepareDatabase(env, log, role)
  const database = openDatabase(env.databaseUrl)
  const clock = databaseClock(database.read)
  await clock.set()
  const workplace = workplaceOf(database, clock, jobs.promiseDelivery)
  await workplace.inOneTransaction((work) => putProfileCourts(work, profile))
  const site: Site = { origin: env.appUrl, sender: env.mailFrom ?? `${profile.sender.name} <${profile.sender.email}>`, profile, texts: textSettingsOf(env) }
  const captcha = captchaOf(env, clock)
  const authenticator = authenticatorFor(workplace, { secret: env.authSecret, origin: env.appUrl })
  const rateLimits = rateLimitsFor(workplace, env.authSecret, profile.limits)
  const secondFactors = createTotpFactors({ secret: env.authSecret, issuer: profile.serviceName })
  const mailer = mailerOf(env, workplace)
  const texter = texterOf(env, { site, mailer, workplace, clock })
  const workerName = `${role}/${hostname()}/${randomUUID().slice(0, 8)}`
  const metrics = createMetrics(role)
  const ping = createEveningPing({ url: env.eveningPingUrl, log })
  const delivery: DeliveryDeps = { workplace, mailer, texter, profile, linkKeys: env.linkKeys, log, meter: metrics, workerName }
  const isMailboxOpen = env.mail.transport === 'mailbox'
  const composeCopy = createCopyComposer()

  /** When the service opens, and in how many seconds; null while it is open (I4). */
  function outsideHours(): { readonly opensAt: Date; readonly retryAfterSeconds: number } | null {
    const now = clock.now()
    if (isOpen(now, profile)) return null
    const opens = opensAt(now, profile)
    return { opensAt: opens, retryAfterSeconds: Math.ceil((opens.getTime() - now.getTime()) / 1000) }
  }

  const purging = purgeAfterEvenings({ workplace, log })
  const handlers = deliveryHandlers(delivery)
  /** What is logged of one evening or delivery can be told from others. */
  const asRun = <T>(todo: () => T): T => log.during({ run: randomUUID() }, todo)

  let evening: Promise<HeldEvening | undefined> | undefined
  /**
   * Holds an evening; while one is being held, here or by another process, a second one is not begun and not waited for.
   * Refused outside service hours (`serviceClosed`).
   */
  async function holdEvening(day?: string): Promise<EveningResult> {
    const closed = outsideHours()
    if (closed) throw new Refusal('serviceClosed', noEveningNow(closed.opensAt, profile.timeZone))
    const running = { day: day ?? dayOf(clock.now(), profile.timeZone), state: 'running', notices: 0, emails: 0, texts: 0, reminders: 0, durationMs: 0 } as const
    if (evening) return running
    return asRun(() => holdOnce(day, running))
  }

  async function holdOnce(day: string | undefined, running: EveningResult): Promise<EveningResult> {
    evening = workplace.holdAlone('evening', () => runEvening(workplace, site, { day, mayBeFuture: isMailboxOpen }))
    try {
      const held = await evening
      if (!held) return running
      const { runId, ...result } = held
      if (result.state === 'waiting') {
        log.info('An evening waits for an operator: it would owe far more than is usual.', { day: result.day })
        return result
      }
      if (runId !== null) purging.begin()
      log.info('An evening was held.', { runId, day: result.day, notices: result.notices, durationMs: result.durationMs })
      ping.tell()
      return result
    } finally {
      evening = undefined
    }
  }

  const contextFor = ({ clientAddress, headers, setCookie = refuseCookie }: RequestFacts): Context => ({
    site, linkKeys: env.linkKeys, captcha, log, isMailboxOpen, clientAddress, clientHash: () => hashClientAddress(env.authSecret, clientAddress), authenticator, rateLimits, secondFactors, headers, setCookie,
    session: onceOnly(() => authenticator.findSession(headers)),
    reading: workplace.reading,
    inOneTransaction: workplace.inOneTransaction,
    holdEvening,
    jobs,
    composeCopy,
    requestId: headers.get(requestIdHeader) ?? randomUUID(),
    eveningGraceMinutes: env.eveningGraceMinutes,
    evenly,
  })

  async function isDatabaseWell(): Promise<boolean> {
    try {
      const isLate = sleep(wellWithinMs, true, { ref: false })
      if (await Promise.race([isLate, countCases(workplace.reading(), 1)]) === true) throw new Error('It did not within 3 seconds.')
      return true
    } catch (error) {
      log.error('The database does not answer.', error)
      return false
    }
  }
  const watch = (signal: AbortSignal): Promise<void> => watchForOutages({ workplace, profile, log, isDatabaseWell }, signal)

  return {
    env, log, metrics, profile, site, captcha, workplace, mailer, texter, delivery, jobs, holdEvening, outsideHours,
    isSecure: env.appUrl.startsWith('https:'),
    pages: pagesUnderWay(),
    callerFor: (facts: RequestFacts): Caller => createCaller(contextFor(facts)),
    handleTrpc: (request: Request, clientAddress: string): Promise<Response> =>
      answerProcedures(request, (setCookie) => contextFor({ clientAddress, headers: request.headers, setCookie })),
    /** The refusal that an error is or carries; undefined for a bug. */
    refusalOf: (error: unknown): Refusal | undefined =>
      error instanceof Refusal ? error
      : unavailabilityOf(error) ? new Refusal('unavailable', 'The database is busy. Please try again in a minute.')
      : !(error instanceof TRPCError) ? undefined
      : error.cause instanceof Refusal ? error.cause
      : error.code === 'BAD_REQUEST' ? new Refusal('inputInvalid', 'The request is not in the right form.')
      : undefined,
    /** The calendar file of one event of a public case (F10). Refuses as `getCalendarHearing`. */
    calendarOf: async (name: CaseName & { readonly event: number }): Promise<Attachment> =>
      calendarFile(profile.serviceName, [await getCalendarHearing(workplace.reading(), env.appUrl, name)]),
    /** The feed of the docket of a public case, as Atom. Refuses as `getPublicCase`. */
    docketFeedOf: async (name: CaseName): Promise<string> => atomFeed(await readDocketFeed(workplace.reading(), site, name)),
    /** The hearings of all that an account tracks, by its private address (G5); null for a secret that opens nothing. */
    async privateCalendarOf(secret: string): Promise<Attachment | null> {
      const owner = await findFeedOwner(workplace.reading(), env.linkKeys, env.appUrl, 'calendar', secret)
      return owner ? calendarFile(profile.serviceName, await listCalendarHearings(workplace.reading(), env.appUrl, owner.subscriberId)) : null
    },
    /** Their newest docket entries, as Atom, in the same way. */
    async privateFeedOf(secret: string): Promise<string | null> {
      const owner = await findFeedOwner(workplace.reading(), env.linkKeys, env.appUrl, 'atom', secret)
      return owner ? atomFeed(await readCaseFeed(workplace.reading(), site, owner)) : null
    },
    bears: (headers: Headers, which: 'cron' | 'feed' | 'metrics'): boolean =>
      bearsSecret(headers, { cron: env.cronSecret, feed: env.feedSecret, metrics: env.metricsSecret }[which]),
    /** All figures, of the installation and of this process, as Prometheus reads them. */
    writeMetrics: async (): Promise<string> => metrics.write(await readMetrics(workplace.reading(), profile, env.eveningGraceMinutes)),
    isEveningOverdue: (): Promise<boolean> => isEveningOverdue(workplace.reading(), profile, env.eveningGraceMinutes),
    deliver: () => asRun(() => deliverOutbox(delivery)),
    /** A worker's life: delivers, holds the evenings where EVENING_SCHEDULE is on, and watches. Resolves within 10 s of the signal. */
    workUntilStopped: (signal: AbortSignal): Promise<unknown> => Promise.all([watch(signal), jobs.runUntilStopped({
      deliver: (count, stopped) => asRun(() => handlers.deliver(count, stopped)),
      promiseForgotten: (countLiveJobs) => asRun(() => handlers.promiseForgotten(countLiveJobs)),
      evening: env.isEveningScheduled ? eveningHandler({ workplace, site, log, holdEvening }) : null,
    }, signal)]),
    /** Sends what is due until the notices of the last evening, or of one in progress, have left or failed; 120 s at most. */
    async waitForDelivery(): Promise<void> {
      await evening?.catch(() => undefined)
      const runId = await findNewestRun(workplace.reading())
      await deliverOutbox(delivery, { until: AbortSignal.timeout(longestWaitMs), runIds: runId === null ? [] : [runId] })
    },
    takeMailCall: (call: SignedCall) => takeMailCall({ env, workplace, profile: site.profile }, call),
    takeTextCall: (call: TextCall) => takeTextCall({ env, site, workplace }, call),
    takeFeed: (body: ReadableStream<Uint8Array> | null, how: { isGzip: boolean; isQuiet: boolean }) => takeFeed({ workplace, site }, body, how),
    takeCourtListener: (body: ReadableStream<Uint8Array> | null, how: { isGzip: boolean; key: string | null }) => takeCourtListener({ workplace, site }, body, how),
    isFeedSecret: (given: string): boolean => isSecret(given, env.feedSecret),
    isDatabaseWell,
    watchForOutages: watch,
    async close(): Promise<void> {
      await ping.settled()
      clock.stop()
      await purging.close()
      await texter.close()
      await mailer.close()
      await jobs.close()
      await workplace.close()
    },
  }
}

function refuseCookie(): never {
  throw new Error('This answer cannot set a cookie.')
}

/** Finds it out when it is asked first. */
function onceOnly(find: () => Promise<Session | null>): () => Promise<Session | null> {
  let found: Promise<Session | null> | undefined
  return () => found ??= find()
}
