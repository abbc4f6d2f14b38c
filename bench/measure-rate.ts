import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrateSqlite } from '../db/migrate.ts'
import { createResendMailer } from '../server/adapters/resend-mailer.ts'
import { deliverOutbox } from '../server/delivery/deliver-outbox.ts'
import { putProfileCourts } from '../server/domain/courts/put-profile-courts.ts'
import { oweVerification } from '../server/testing/owe-asked.ts'
import { oweNotices } from '../server/testing/owe-notices.ts'
import { oweTexts } from '../server/testing/owe-texts.ts'
import { createStubTexter } from '../server/testing/stub-texter.ts'
import { grouped, median, seconds, spreadOf, type Figure } from './figures.ts'
import { linkKeys, openWorkplace, site } from './our-evening.ts'
import type { ArrivedRequest, RateAnswer, RateOrder } from './rate-provider.ts'
import { startChild, type BenchChild } from './start-child.ts'

const rates = [2, 5] as const
const mailsInRequest = 100
const texts = 20
/** When somebody asks to track a case, as a share of the time that the mails take. */
const askedAfter = 0.5

interface DeliveredAtRate {
  /** Of the least that arithmetic allows. */
  readonly ratio: number
  readonly turnedAway: number
  /** How many requests came after somebody asked and before the one that holds the answer. */
  readonly before: number
  readonly waitedMs: number
  /** When the last text had left, as a share of the time of the mails. */
  readonly textsDone: number
}

/**
 * Delivers notices to a provider that enforces a rate, while texts are owed too and somebody asks for a verification half way.
 * `secondsEach`: about how long one takes.
 */
export async function measureRate({ rounds, secondsEach, folder, say }: {
  rounds: number; secondsEach: number; folder: string; say: (line: string) => void
}): Promise<Figure[]> {
  const provider = startChild<RateOrder, RateAnswer>('./rate-provider.ts')
  try {
    const { port } = await provider.next('listening')
    const figures: Figure[] = []
    for (const rate of rates) {
      const runs: DeliveredAtRate[] = []
      for (let round = 1; round <= rounds; round++) {
        const run = await deliverAtRate({ provider, url: `http://127.0.0.1:${port}`, rate, requests: Math.round(rate * secondsEach), file: join(folder, 'rate.db') })
        runs.push(run)
        say(`  ${rate} requests a second, ${round} of ${rounds}: ${run.ratio.toFixed(3)} ×, ${run.turnedAway} turned away; asked mail after ${run.before} others, ${run.waitedMs.toFixed(0)} ms; texts done at ${(run.textsDone * 100).toFixed(0)} %`)
      }
      figures.push(...figuresOf(rate, Math.round(rate * secondsEach), runs))
    }
    return figures
  } finally {
    await provider.close()
  }
}

async function deliverAtRate({ provider, url, rate, requests, file }: {
  provider: BenchChild<RateOrder, RateAnswer>; url: string; rate: number; requests: number; file: string
}): Promise<DeliveredAtRate> {
  migrateSqlite(file)
  const [workplace, visitors] = [openWorkplace(`file:${file}`), openWorkplace(`file:${file}`)]
  try {
    await workplace.inOneTransaction(async (work) => {
      await putProfileCourts(work, site.profile)
      await oweNotices(work, { cases: requests, recipients: mailsInRequest })
      await oweTexts(work, site, texts)
    })
    provider.tell({ kind: 'begin', requestsPerSecond: rate })
    const leastMs = requests / rate * 1000
    let textsDoneMs = Number.POSITIVE_INFINITY
    const began = performance.now()
    const texter = createStubTexter({ requestsPerSecond: 10 }, (handed) => {
      textsDoneMs = performance.now() - began
      return { kind: 'answered', mails: handed.map(() => ({ kind: 'sent', providerId: null })) }
    })
    const mailer = createResendMailer({ apiKey: 're_bench', baseUrl: url, requestsPerSecond: rate })
    // What is turned away is counted by who turned it away.
    const log = { info: () => undefined, error: () => undefined }
    const delivering = deliverOutbox({ workplace, profile: site.profile, mailer, texter, linkKeys, log, workerName: 'bench' })
    await sleep(leastMs * askedAfter)
    await visitors.inOneTransaction((work) => oweVerification(work))
    const askedAtMs = performance.timeOrigin + performance.now()
    const { sent } = await delivering
    const ms = performance.now() - began
    if (sent !== requests * mailsInRequest + 1 + texts) throw new Error(`Sent ${sent} of ${requests * mailsInRequest} notices, a verification and ${texts} texts.`)
    provider.tell({ kind: 'report' })
    const came = (await provider.next('came')).requests
    const asked = came.find((one) => one.isAsked)
    if (!asked) throw new Error('The verification did not come.')
    return {
      ratio: ms / ((requests + 1) / rate * 1000),
      turnedAway: came.filter((one) => one.isTurnedAway).length,
      before: countBefore(came, askedAtMs, asked),
      waitedMs: asked.atMs - askedAtMs,
      textsDone: textsDoneMs / leastMs,
    }
  } finally {
    await visitors.close()
    await workplace.close()
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  }
}

const countBefore = (came: readonly ArrivedRequest[], askedAtMs: number, asked: ArrivedRequest): number =>
  came.filter(({ atMs }) => atMs > askedAtMs && atMs < asked.atMs).length

function figuresOf(rate: number, requests: number, runs: readonly DeliveredAtRate[]): Figure[] {
  const ratios = runs.map((run) => run.ratio)
  const mostTurnedAway = Math.max(...runs.map((run) => run.turnedAway))
  const waited = runs.map((run) => run.waitedMs)
  const distanceMs = 1000 / rate
  // What leaves in the next slot may have been taken for it a moment before.
  const isNext = runs.every(({ before }) => before <= 1)
  const textsDone = runs.map((run) => run.textsDone)
  return [
    {
      goal: 'P3',
      what: `${grouped(requests * mailsInRequest)} mails to a provider that takes ${rate} requests a second`,
      limit: '≤ 1.02 ×, at most one 429',
      figure: `${median(ratios).toFixed(3)} ×, ${mostTurnedAway === 0 ? 'none' : `up to ${mostTurnedAway}`}`,
      reference: `arithmetic: ${grouped(requests + 1)} requests, the verification among them, in ${seconds((requests + 1) / rate * 1000)}`,
      spread: spreadOf(ratios, 3, 'runs'),
      isMet: median(ratios) <= 1.02 && mostTurnedAway <= 1,
    },
    {
      goal: 'P3',
      what: `a verification asked for half way through, and ${texts} texts, at ${rate} a second`,
      limit: 'the next slot; a lane of their own',
      figure: `${median(waited).toFixed(0)} ms; texts all left after ${(median(textsDone) * 100).toFixed(0)} % of the time`,
      reference: `slots ${distanceMs.toFixed(0)} ms apart, one taken before may still leave: at most ${Math.max(...runs.map(({ before }) => before))} did`,
      spread: spreadOf(waited, 0, 'runs'),
      isMet: isNext && textsDone.every((share) => share < 0.5),
    },
  ]
}
