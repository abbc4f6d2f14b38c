import { TRPCError } from '@trpc/server'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { engineOf } from '../db/engine.ts'
import { migrateDatabase, openDatabase } from '../db/open-database.ts'
import { unavailabilityOf } from '../db/tx.ts'
import { atomFeed } from './adapters/atom-feed.ts'
import { createEveningPing } from './adapters/evening-ping.ts'
import { createGatewayTexter } from './adapters/gateway-texter.ts'
import { hcaptcha } from './adapters/hcaptcha.ts'
import { inProcessJobs } from './adapters/in-process-jobs.ts'
import { localCaptcha } from './adapters/local-captcha.ts'
import { createMailboxMailer } from './adapters/mailbox-mailer.ts'
import { createMailboxTexter } from './adapters/mailbox-texter.ts'
import { startPgBossJobs } from './adapters/pg-boss-jobs.ts'
import { pinoLog } from './adapters/pino-log.ts'
import { createMetrics } from './adapters/prom-metrics.ts'
import { createResendMailer } from './adapters/resend-mailer.ts'
import type { SignedCall } from './adapters/resend-webhook.ts'
import { createSmtpMailer } from './adapters/smtp-mailer.ts'
import { createTotpFactors } from './adapters/totp-factors.ts'
import { createTwilioTexter } from './adapters/twilio-texter.ts'
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
import { putMail } from './domain/mailbox/put-mail.ts'
import type { Site } from './domain/outbox/message-frame.ts'
import { findGateway } from './domain/texts/list-carriers.ts'
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
import type { Attachment, CaptchaVerifier, Clock, Cookie, Jobs, Log, Mailer, Session, Texter } from './ports.ts'
import { loadProfile } from './profile/load-profile.ts'
import type { CourtProfile } from './profile/schema.ts'
import { answerProcedures } from './routers/answer-procedures.ts'
import { appRouter } from './routers/app-router.ts'
import { takeCourtListener, takeFeed } from './take-feed.ts'
import { takeMailCall } from './mail-webhook.ts'
import { takeTextCall, type TextCall } from './text-webhook.ts'
import { createCallerFactory, type Context } from './trpc.ts'
import { workplaceOf, type Workplace } from './work.ts'

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

/** Brings the database and its job queue to their newest form. What keeps it from being reached is said without the address, which may hold a password. */
async function prepareDatabase({ databaseUrl }: Env, log: Log, role: 'web' | 'worker' | 'command'): Promise<Jobs> {
  if (engineOf(databaseUrl) === 'sqlite') {
    await migrateDatabase(databaseUrl)
    return inProcessJobs()
  }
  try {
    await migrateDatabase(databaseUrl)
    return await startPgBossJobs({ databaseUrl, log, isWorker: role === 'worker' })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const what = /^E[A-Z]+$|^08/.test(code) ? 'does not answer' : code.startsWith('28') ? 'refuses our user or password' : code === '3D000' ? 'does not exist' : ''
    if (what === '') throw error
    throw new Error(`The Postgres database that DATABASE_URL names ${what} (${code}). Is the server running, and is the address right?`, { cause: error })
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

function captchaOf({ captcha, authSecret }: Env, clock: Clock): CaptchaVerifier {
  return captcha.provider === 'hcaptcha' ? hcaptcha(captcha) : localCaptcha(authSecret, '/api/captcha/challenge', clock)
}

function mailerOf({ mail }: Env, workplace: Workplace): Mailer {
  switch (mail.transport) {
    case 'mailbox': return createMailboxMailer((mails) => workplace.inOneTransaction((work) => putMail(work, mails)))
    case 'resend': return createResendMailer({
      apiKey: mail.apiKey, requestsPerSecond: mail.ratePerSecond, ...(mail.baseUrl === undefined ? {} : { baseUrl: mail.baseUrl }),
    })
    case 'smtp': return createSmtpMailer({ url: mail.url, requestsPerSecond: null })
  }
}

/** The court's profile; texts are off in it where there is no way for them to leave. */
function profileFor({ profilePath, texts }: Env, log: Log): CourtProfile {
  const profile = loadProfile(profilePath)
  if (texts.transport !== 'none' || profile.policy.texts === 'off') return profile
  log.info('Texts are off: TEXT_TRANSPORT does not say how they leave.')
  return { ...profile, policy: { ...profile.policy, texts: 'off' } }
}

/** Whether replies reach us, by the provider's webhook or the page of the local mailbox; and whether texts need to know the carrier. */
const textSettingsOf = ({ texts, mail }: Env): Site['texts'] => ({
  takesReplies: texts.transport === 'twilio' || (texts.transport === 'mailbox' && mail.transport === 'mailbox'),
  needsCarrier: texts.transport === 'gateway',
})

interface TexterNeeds {
  readonly site: Site
  readonly mailer: Mailer
  readonly workplace: Workplace
  readonly clock: Clock
}

function texterOf({ texts, appUrl }: Env, { site, mailer, workplace, clock }: TexterNeeds): Texter {
  const { profile, sender } = site
  switch (texts.transport) {
    // What still waits is cancelled before it gets here.
    case 'none':
    case 'mailbox': return createMailboxTexter((kept) => workplace.inOneTransaction((work) => putMail(work, kept.map((text) => ({
      channel: 'text', messageKey: text.messageKey, from: profile.textSender.name, to: text.to, subject: '', html: '', text: text.body,
      headers: { Encoding: text.encoding, Segments: String(text.segments) },
    })))))
    case 'gateway': return createGatewayTexter({ mailer, sender, gatewayOf: (carrier) => findGateway(profile, carrier, clock.now()) })
    case 'twilio': return createTwilioTexter({ ...texts, statusUrl: (messageKey) => `${appUrl}/api/webhooks/text?message=${messageKey}` })
  }
}
