import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { PgBoss, type JobWithMetadata, type WorkOptions } from 'pg-boss'
import { messagesPerJob, type DeadJob, type JobHandlers, type Jobs, type Log } from '../ports.ts'

const deliveryQueue = 'delivery'
const eveningQueue = 'evening'
const deadQueue = 'dead'

/** What decides how soon something happens, in seconds. */
export interface JobFigures {
  /** A worker whose job was not heard of for so long is dead. Longer than a lease: what it held may be taken again by then. */
  readonly silence: number
  readonly heartbeatEvery: number
  /** How often somebody looks for the dead. */
  readonly lookForDeadEvery: number
  /** The longest pause before a job is tried again. */
  readonly longestRetryPause: number
  /** How often each worker asks for jobs; a notification usually comes first. */
  readonly askEvery: number
  /** How often each worker looks for what no job stands for. */
  readonly lookForForgottenEvery: number
  readonly retries: number
  /** A query that takes longer is given up, and its connection with it. */
  readonly longestQuery: number
}

// A dead worker's job is taken over within silence + lookForDeadEvery + longestRetryPause + askEvery.
export const jobFigures: JobFigures = {
  silence: 75, heartbeatEvery: 10, lookForDeadEvery: 10, longestRetryPause: 20, askEvery: 1, lookForForgottenEvery: 30, retries: 10, longestQuery: 30,
}

// What one worker takes at once dies with it, and waits until that is found out.
const jobsAtOnce = 5
// Two, so that one asks for jobs while the other waits for a slow answer: a visitor's mail is not held up.
const loops = 2
// What runs longer is stuck.
const longestJobSeconds = 900
const keptDoneSeconds = 3600
const cleanUpEverySeconds = 600
const keptDeadSeconds = 30 * 86_400
const letGoAfterMs = 9000
const sayErrorsEveryMs = 10_000

export interface PgBossSetting {
  readonly databaseUrl: string
  readonly log: Log
  /** A process that only promises holds one connection; a worker up to five, one of them listening. */
  readonly isWorker: boolean
  readonly figures?: JobFigures
}

/**
 * Jobs in Postgres by pg-boss, for as many workers on as many machines as are wanted. Brings its schema `pgboss` and our
 * queues up to date, safely for several processes at once. No job carries data. A database that goes away is logged and
 * waited for.
 */
export async function startPgBossJobs({ databaseUrl, log, isWorker, figures = jobFigures }: PgBossSetting): Promise<Jobs> {
  // The driver's own, handed on: a server that vanished without a word is given up instead of being waited for.
  const connection = { query_timeout: figures.longestQuery * 1000, keepAlive: true, keepAliveInitialDelayMillis: 15_000 }
  const boss = new PgBoss({
    ...connection,
    connectionString: databaseUrl,
    application_name: 'track-this-case jobs',
    max: isWorker ? 4 : 1,
    supervise: isWorker,
    schedule: isWorker,
    useListenNotify: isWorker,
    superviseIntervalSeconds: figures.lookForDeadEvery,
    monitorIntervalSeconds: figures.lookForDeadEvery,
    maintenanceIntervalSeconds: cleanUpEverySeconds,
  })
  let saidAtMs = Number.NEGATIVE_INFINITY
  // Every loop tells of the same missing database.
  const stumbled = (error: unknown): void => {
    if (performance.now() < saidAtMs + sayErrorsEveryMs) return
    saidAtMs = performance.now()
    log.error('The job queue stumbled and goes on', namelessOf(error))
  }
  // Without a listener an error would end the process.
  boss.on('error', stumbled)
  boss.on('warning', ({ message }) => log.info(message))
  try {
    await boss.start()
    await putQueues(boss, figures)
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined)
    throw error
  }

  const promise = async (jobs: number, inSeconds: number, executeSql?: ExecuteSqlOfBoss): Promise<void> => {
    const startAfter = inSeconds > 0 ? { startAfter: inSeconds } : {}
    await boss.insert(deliveryQueue, Array.from({ length: jobs }, () => startAfter), executeSql ? { db: { executeSql } } : {})
  }
  const countLiveJobs = async (): Promise<number> => {
    const database: { executeSql: ExecuteSqlOfBoss } = boss.getDb()
    const { rows: [counted] } = await database.executeSql(liveJobs, [deliveryQueue, figures.longestRetryPause])
    if (typeof counted !== 'object' || counted === null || !('jobs' in counted)) throw new Error('The live jobs were not counted.')
    return Number(counted.jobs)
  }
  const asking: WorkOptions = {
    pollingIntervalSeconds: figures.askEvery, notifyPollingIntervalSeconds: figures.askEvery, heartbeatRefreshSeconds: figures.heartbeatEvery,
  }

  return {
    promiseDelivery: (executeSql, messages, inMs) => promise(Math.ceil(messages / messagesPerJob), Math.ceil(inMs / 1000), executeSql),

    async runUntilStopped({ deliver, promiseForgotten, evening }, signal) {
      const delivering = { ...asking, batchSize: jobsAtOnce, localConcurrency: loops, burstWhenBatchFull: true } as const
      await boss.work(deliveryQueue, delivering, (jobs) => nameless(async () => {
        const againMs = await deliver(jobs.length, AbortSignal.any([signal, ...jobs.map((job) => job.signal)]))
        if (againMs !== null) await promise(jobs.length, Math.ceil(againMs / 1000))
      }))
      if (evening) await boss.work(eveningQueue, asking, () => nameless(evening.hold))
      const looking = (async () => {
        for (let isScheduled = false; !signal.aborted;) {
          isScheduled ||= await schedule(boss, evening).then(() => true, stumbled) ?? false
          // Each says what goes wrong, and is done again.
          await promiseForgotten(countLiveJobs).catch(() => undefined)
          await evening?.hold().catch(() => undefined)
          await sleep(figures.lookForForgottenEvery * 1000, undefined, { signal }).catch(() => undefined)
        }
      })()
      if (!signal.aborted) await once(signal, 'abort')
      // What is not done by then is failed by `close`, and taken by another worker.
      await Promise.race([
        Promise.all([boss.offWork(deliveryQueue), boss.offWork(eveningQueue), looking]),
        sleep(letGoAfterMs, undefined, { ref: false }),
      ])
    },

    async listDead() {
      const dead = await boss.findJobs(deadQueue, { queued: true })
      return dead.map(deadJob).sort((a, b) => b.diedAt.getTime() - a.diedAt.getTime())
    },

    async redrive() {
      let moved = 0
      for (let more = 1; more > 0; moved += more) more = await boss.redrive(deadQueue)
      return moved
    },

    close: () => boss.stop({ graceful: false }),
  }
}

type ExecuteSqlOfBoss = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>

// Those that are being done, could be, or failed a moment ago.
const liveJobs = `select count(*)::int as jobs from pgboss.job where name = $1 and (
  state = 'active' or state < 'active' and start_after <= now() + $2 * interval '1 second'
)`

/** Makes the queues; those that an older version made take over our settings. */
async function putQueues(boss: PgBoss, { silence, longestRetryPause, retries }: JobFigures): Promise<void> {
  const settings = {
    deadLetter: deadQueue, notify: true,
    heartbeatSeconds: silence, expireInSeconds: longestJobSeconds, deleteAfterSeconds: keptDoneSeconds,
    retryLimit: retries, retryBackoff: true, retryDelay: 1, retryDelayMax: longestRetryPause,
  }
  await boss.createQueue(deadQueue, { retentionSeconds: keptDeadSeconds })
  for (const name of [deliveryQueue, eveningQueue]) {
    await boss.createQueue(name, settings)
    await boss.updateQueue(name, settings)
  }
}

async function schedule(boss: PgBoss, evening: JobHandlers['evening']): Promise<void> {
  if (!evening || evening.days.length === 0) await boss.unschedule(eveningQueue)
  else await boss.schedule(eveningQueue, `0 ${evening.hour} * * ${evening.days.join(',')}`, null, { tz: evening.timeZone })
}

/** What a job throws is kept with it: only its kind. */
async function nameless(todo: () => Promise<void>): Promise<void> {
  try {
    await todo()
  } catch (error) {
    throw new Error(kindOf(error))
  }
}

function kindOf(error: unknown): string {
  let root = error
  while (root instanceof Error && root.cause instanceof Error) root = root.cause
  if (!(root instanceof Error)) return typeof root
  const code = 'code' in root && typeof root.code === 'string' && /^[A-Z0-9_]{1,30}$/.test(root.code) ? ` (${root.code})` : ''
  return `${root.name}${code}`
}

// Its errors are copies without a class, and one that stands for several has no words of its own.
function namelessOf(error: unknown): Error {
  if (error instanceof Error && error.message !== '') return error
  const words = typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string' ? error.message : ''
  return new Error(words === '' ? kindOf(error) : words)
}

const deadJob = ({ id, sourceName, createdOn, sourceRetryCount, sourceOutput }: JobWithMetadata<unknown>): DeadJob => ({
  id,
  kind: sourceName ?? 'unknown',
  diedAt: createdOn,
  tries: (sourceRetryCount ?? 0) + 1,
  reason: reasonIn(sourceOutput),
})

function reasonIn(output: unknown): string {
  for (let at = output; typeof at === 'object' && at !== null;) {
    if ('message' in at && typeof at.message === 'string') return at.message
    at = 'value' in at ? at.value : null
  }
  return 'It did not say why.'
}
