import { and, eq, inArray } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { bundledNotices, docketEntries, messageContents, outboxBatches, outboxMessages, subscribers } from '../../../db/schema.ts'
import { createResendMailer } from '../../adapters/resend-mailer.ts'
import { deliverOutbox } from '../../delivery/deliver-outbox.ts'
import { mendAddress } from '../../domain/accounts/mend-address.ts'
import { diceFor, type Dice } from '../../domain/demo/dice.ts'
import type { NoticeContent } from '../../domain/outbox/message-content.ts'
import { takeMailReport } from '../../domain/outbox/take-mail-report.ts'
import { pauseTracking, resumeTracking } from '../../domain/tracking/pause-tracking.ts'
import { stopTracking } from '../../domain/tracking/stop-tracking.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { putCase } from '../put-case.ts'
import { putSubscription } from '../put-subscription.ts'
import { startResendStandIn, type AcceptedMail, type ResendStandIn, type StandInFailure } from '../resend-stand-in.ts'
import { createKeptLog } from '../stub-mailer.ts'
import { createStubTexter } from '../stub-texter.ts'
import { takeAll } from '../take-all.ts'
import { Model, type Follower, type OwedNotice } from './model.ts'
import { readTold } from './read-told.ts'
import { Tries } from './tries.ts'
import { track } from '../visitor.ts'
import { openWorld, type World } from '../world.ts'
import type { Work } from '../../work.ts'

const numbers = ['26BA-CV00001', '26BA-CV00002', '26BA-CV00003']
const emails = ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com']
const failures: readonly StandInFailure[] = ['dropAnswer', 'halfAnswer', 'notJson', 'errorAfterTaking', 'error', 'silence']

/** How much happens in one trial. */
export const steps = 90

class Killed extends Error {}

const unlessKilled = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => {
  if (!(error instanceof Killed)) throw error
})

interface Entry {
  id: number
  readonly caseId: number
  readonly source: string
  /** One for each of its versions, which is the text of it. */
  readonly words: string[]
  state: 'open' | 'voided' | 'sealed'
}

/** The service under one seed, beside the model of what it owes. */
class Trial {
  readonly model = new Model()
  readonly #world: World
  readonly #provider: ResendStandIn
  readonly #dice: Dice
  readonly #tries: Tries
  readonly #entries: Entry[] = []
  readonly #pausedFor = new Map<number, 'asked' | 'delivery'>()
  readonly #suppressed = new Set<string>()
  readonly #givenUp = new Set<number>()
  readonly #left: { mail: AcceptedMail; owed: readonly OwedNotice[] }[] = []
  #seen = 0
  #words = 0

  constructor(world: World, provider: ResendStandIn, dice: Dice) {
    this.#world = world
    this.#provider = provider
    this.#dice = dice
    this.#tries = new Tries(provider, () => world.clock.now())
  }

  async begin(): Promise<void> {
    await this.#world.work(async (now) => {
      for (const number of numbers) await putCase(now, { number })
      for (const email of emails) {
        for (let caseId = 1; caseId <= numbers.length; caseId++) {
          if (this.#dice.chance(0.6)) this.model.begin(await putSubscription(now, caseId, { email }), email, caseId)
        }
      }
      await now.tx.update(subscribers).set({ isBundled: true }).where(inArray(subscribers.email, emails.filter(() => this.#dice.chance(0.3))))
    })
  }

  async step(): Promise<void> {
    const dice = this.#dice
    const act = dice.roll()
    const follower = this.model.followers.length > 0 ? dice.pick(this.model.followers) : undefined
    if (act < 0.26) for (let more = dice.between(1, 3); more > 0; more--) await this.#feedEntry()
    else if (act < 0.36) await this.#changeEntry()
    else if (act < 0.38) await this.#feedCase()
    else if (act < 0.5) await this.evening(dice.chance(0.3))
    else if (act < 0.72) await this.deliver(dice.chance(0.5), dice.chance(0.25), dice.chance(0.2))
    else if (act < 0.8) this.#world.clock.passMinutes(dice.pick([1, 2, 40, 180, 24 * 60]))
    else if (act < 0.84) await this.#comeBack()
    else if (act < 0.87) await this.#mend()
    else if (follower) await this.#turn(follower)
  }

  async evening(isKilled: boolean): Promise<void> {
    const { workplace, site } = this.#world
    if (isKilled) {
      const dying = { ...workplace, inOneTransaction: <T>(todo: Parameters<typeof workplace.inOneTransaction<T>>[0]): Promise<T> => workplace.inOneTransaction(async (work) => {
        await todo(work)
        throw new Killed()
      }) }
      if (await unlessKilled(runEvening(dying, site, { mayBeFuture: false })) !== undefined) throw new Error('The evening did not die.')
    }
    const held = await Promise.all(Array.from({ length: this.#dice.between(1, 3) }, () => runEvening(workplace, site, { mayBeFuture: false })))
    for (const { runId } of held) if (runId !== null) this.model.evening(runId)
  }

  async deliver(isFailing: boolean, isDying: boolean, isDouble: boolean): Promise<void> {
    const { workplace, profile } = this.#world
    this.#provider.change({ fail: () => (isFailing && this.#dice.chance(0.5) ? this.#dice.pick(failures) : null) })
    const timeoutMs = isFailing ? 60 : 10_000
    const resend = createResendMailer({ apiKey: this.#provider.apiKey, baseUrl: this.#provider.url, requestsPerSecond: 100_000, timeoutMs })
    const mailer = { ...this.#tries.noting(resend, timeoutMs), batchLimit: 3 }
    const dieAt = isDying ? this.#dice.pick(['leased', 'composed', 'settled'] as const) : null
    const work = () => {
      // Who is dead writes nothing down any more.
      let isDead = false
      const mortal = { ...workplace, inOneTransaction: async <T>(todo: Parameters<typeof workplace.inOneTransaction<T>>[0]): Promise<T> => {
        if (isDead) throw new Killed()
        return workplace.inOneTransaction(todo)
      } }
      return unlessKilled(deliverOutbox({
        workplace: mortal, profile, mailer, texter: createStubTexter(), linkKeys: ['k'.repeat(32)], log: createKeptLog(), workerName: 'trial',
        reached: (step) => {
          if (step !== dieAt) return
          isDead = true
          throw new Killed()
        },
      }))
    }
    await Promise.all(isDouble ? [work(), work()] : [work()])
    // What a dead worker had under way arrives all the same, and before anything else happens: what comes later than a deed is no rule.
    if (isDying) await sleep(50)
    await mailer.close()
    await sleep(isFailing ? 20 : 0)
    await this.#look()
  }

  /** All is well again: everything that is owed leaves. */
  async end(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      this.#world.clock.passMinutes(5 * 60)
      await this.deliver(false, false, false)
    }
    // What was missed is told by the evening of another day.
    this.#world.clock.passMinutes(24 * 60)
    await this.evening(false)
    await this.deliver(false, false, false)
    const rows = await this.#world.reading().tx.select().from(outboxMessages)
    const open = rows.filter(({ state }) => state === 'waiting' || state === 'leased')
    if (open.length > 0) this.model.wrongs.push(`${open.length} messages never left`)
    this.model.close()
  }

  async #noteWhoHasWhat(): Promise<void> {
    const { tx } = this.#world.reading()
    const rows = await tx.select({
      id: outboxMessages.id, state: outboxMessages.state, runId: outboxMessages.runId, own: outboxMessages.subscriptionId, bundled: bundledNotices.subscriptionId, key: outboxBatches.providerKey,
    }).from(outboxMessages)
      .leftJoin(bundledNotices, eq(bundledNotices.messageId, outboxMessages.id)).leftJoin(outboxBatches, eq(outboxBatches.id, outboxMessages.batchId))
      .where(and(inArray(outboxMessages.state, ['waiting', 'leased', 'failed', 'parked', 'cancelled']), inArray(outboxMessages.kind, ['notice', 'digest'])))
    for (const [id, [row]] of Map.groupBy(rows, (one) => one.id)) {
      // Nobody works any more.
      if (row?.state === 'leased') this.#tries.leave(row.key ?? '')
      if (!row || (row.state !== 'failed' && row.state !== 'parked') || this.#givenUp.has(id)) continue
      this.#givenUp.add(id)
      // None of the failures here says that a mail is wrong, or surely did not leave.
      if (row.state === 'failed') this.model.wrongs.push(`m${id} failed`)
      else if (!this.#tries.mayBeParked(row.key ?? '')) this.model.wrongs.push(`m${id} was parked and could have been tried`)
    }
    const named = rows.map(({ state, runId, own, bundled }) => ({ state, subscriptionId: own ?? bundled ?? 0, runId: runId ?? 0 }))
    for (const one of named) {
      if (one.state === 'parked') this.model.handOver(one)
      else if (one.state === 'cancelled') this.model.cancel(one)
    }
    this.model.wait(named.filter(({ state }) => state === 'waiting' || state === 'leased').map((one) => ({ ...one, isLeased: one.state === 'leased' })))
  }

  async #look(): Promise<void> {
    const accepted = this.#provider.accepted.slice(this.#seen)
    this.#seen = this.#provider.accepted.length
    for (const mail of accepted) {
      // An entry's earlier versions are sealed with it.
      for (const word of this.#entries.flatMap(({ state, words }) => (state === 'sealed' ? words : []))) {
        if ((mail.html + mail.text).includes(word)) this.model.wrongs.push(`a mail tells a sealed entry (${word})`)
      }
      const [message] = await this.#world.reading().tx.select().from(outboxMessages).where(eq(outboxMessages.id, Number(mail.messageKey.slice(1))))
      if (!message) this.model.wrongs.push(`${mail.messageKey} left and is not in the outbox`)
      else if (message.kind === 'notice' || message.kind === 'digest') this.#left.push({ mail, owed: await this.#takeNotice(mail, message) })
    }
    await this.#noteWhoHasWhat()
  }

  async #takeNotice(mail: AcceptedMail, { id, kind, runId }: typeof outboxMessages.$inferSelect): Promise<readonly OwedNotice[]> {
    const { tx } = this.#world.reading()
    const told = readTold(mail.html)
    if (!isDeepStrictEqual(told, readTold(mail.text))) this.model.wrongs.push(`${mail.messageKey} tells different things in HTML and text`)
    const parts = kind === 'notice'
      ? await tx.select({ subscriptionId: outboxMessages.subscriptionId, payload: messageContents.payload }).from(outboxMessages)
        .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).where(eq(outboxMessages.id, id))
      : await tx.select({ subscriptionId: bundledNotices.subscriptionId, payload: messageContents.payload }).from(bundledNotices)
        .innerJoin(messageContents, eq(messageContents.id, bundledNotices.contentId)).where(eq(bundledNotices.messageId, id))
    const owed = parts.flatMap(({ subscriptionId, payload }) => {
      const number = numbers[(this.model.followers.find((one) => one.id === subscriptionId)?.caseId ?? 0) - 1] ?? ''
      const said = told.get(number) ?? { words: [], missed: 0 }
      told.delete(number)
      const full = said.words.map((word) => this.#entries.find(({ words }) => words.includes(word))?.id ?? 0)
      // The mail only counts these.
      const missed = new Set((payload as NoticeContent).told.flatMap((fact) => (fact.mark === 'Missed' ? [fact.entryId] : [])))
      if (missed.size !== said.missed) this.model.wrongs.push(`${mail.messageKey} counts ${said.missed} missed entries of ${number}, and not ${missed.size}`)
      return this.model.take({ subscriptionId: subscriptionId ?? 0, runId: runId ?? 0, to: mail.to, full, missed }) ?? []
    })
    for (const number of told.keys()) this.model.wrongs.push(`${mail.messageKey} tells of ${number}, which is no part of it`)
    return owed
  }

  async #feed(entry: Entry, more: { status?: 'voided'; security?: 'confidential' } = {}): Promise<void> {
    const word = `word${++this.#words}q`
    entry.words.push(word)
    await takeAll(this.#world, [{
      type: 'docketEntry', case: numbers[entry.caseId - 1] ?? '', court: '13-BOONE', id: entry.source, filedAt: '2026-11-20', description: 'Motion', text: word, ...more,
    }])
  }

  async #feedEntry(): Promise<void> {
    const caseId = this.#dice.between(1, numbers.length)
    const entry: Entry = { id: 0, caseId, source: `e${this.#entries.length}`, words: [], state: this.#dice.chance(0.1) ? 'sealed' : 'open' }
    await this.#feed(entry, entry.state === 'sealed' ? { security: 'confidential' } : {})
    const [row] = await this.#world.reading().tx.select({ id: docketEntries.id }).from(docketEntries).where(and(eq(docketEntries.caseId, caseId), eq(docketEntries.sourceId, entry.source)))
    entry.id = row?.id ?? 0
    this.#entries.push(entry)
    if (entry.state === 'open') this.model.change(caseId, entry.id)
  }

  async #changeEntry(): Promise<void> {
    const open = this.#entries.filter(({ state }) => state === 'open')
    if (open.length === 0) return
    const entry = this.#dice.pick(open)
    const act = this.#dice.roll()
    if (act < 0.6) {
      await this.#feed(entry)
      this.model.change(entry.caseId, entry.id)
    } else if (act < 0.8) {
      await this.#feed(entry, { status: 'voided' })
      entry.state = 'voided'
      this.model.change(entry.caseId, entry.id)
    } else {
      await this.#feed(entry, { security: 'confidential' })
      entry.state = 'sealed'
      this.model.seal(entry.id)
    }
  }

  async #feedCase(): Promise<void> {
    const caseId = this.#dice.between(1, numbers.length)
    const isHidden = !this.model.isHidden(caseId)
    await takeAll(this.#world, [{ type: 'case', number: numbers[caseId - 1] ?? '', court: '13-BOONE', caption: 'Harbor v. Lowell', security: isHidden ? 'confidential' : 'public' }])
    if (isHidden) this.model.hide(caseId)
    else this.model.show(caseId)
  }

  async #comeBack(): Promise<void> {
    const sent = this.#left.filter(({ owed }) => owed.length > 0)
    if (sent.length === 0) return
    const { mail, owed } = this.#dice.pick(sent)
    // A worker that died with its answer has not written it down.
    const outcome = await this.#world.work((work) => takeMailReport(work, this.#world.profile, {
      key: `report/${mail.id}`, messageKey: mail.messageKey, to: mail.to, providerId: mail.id, fate: 'bounced',
    }, true))
    if (outcome !== 'taken') return
    this.#left.splice(this.#left.findIndex((one) => one.mail === mail), 1)
    this.#suppressed.add(mail.to)
    for (const follower of this.model.followers) if (follower.email === mail.to && follower.state === 'active') this.#pausedFor.set(follower.id, 'delivery')
    for (const one of owed) this.model.comeBack(mail.to, one)
  }

  async #mend(): Promise<void> {
    const [email] = this.#suppressed
    if (email === undefined) return
    await this.#world.work(async (work) => {
      const [subscriber] = await work.tx.select({ id: subscribers.id }).from(subscribers).where(eq(subscribers.email, email))
      await mendAddress(work, subscriber?.id ?? 0)
    })
    this.#mended(email)
  }

  #mended(email: string): void {
    this.#suppressed.delete(email)
    for (const one of this.model.followers) if (one.email === email && one.state === 'paused' && this.#pausedFor.get(one.id) === 'delivery') this.model.resume(one)
  }

  async #turn(follower: Follower): Promise<void> {
    const work = <T>(todo: (now: Work) => Promise<T>): Promise<T> => this.#world.work(todo)
    const act = this.#dice.roll()
    if (follower.state === 'stopped') {
      if (this.model.isHidden(follower.caseId)) return
      await track(this.#world, follower.email, numbers[follower.caseId - 1] ?? '')
      this.model.begin(follower.id, follower.email, follower.caseId)
      // Who reads its mail has mended its address.
      this.#mended(follower.email)
    } else if (act < 0.35) {
      await work((now) => stopTracking(now, follower.id, 'emailAndText'))
      this.model.stop(follower)
    } else if (follower.state === 'active') {
      await work((now) => pauseTracking(now, [follower.id], { because: 'asked', until: null }))
      this.#pausedFor.set(follower.id, 'asked')
      this.model.pause(follower)
    } else if (!this.#suppressed.has(follower.email)) {
      await work((now) => resumeTracking(now, [follower.id]))
      this.model.resume(follower)
    }
  }
}

/** What was wrong under one seed, and how many mails left. */
export async function tryOut(nth: number): Promise<{ readonly wrongs: readonly string[]; readonly mails: number }> {
  const world = await openWorld()
  const provider = await startResendStandIn({ now: () => world.clock.now().getTime() })
  try {
    const trial = new Trial(world, provider, diceFor(nth, 'R20'))
    await trial.begin()
    for (let step = 0; step < steps; step++) await trial.step()
    await trial.end()
    return { wrongs: trial.model.wrongs, mails: provider.accepted.length }
  } finally {
    await provider.close()
    await world.close()
  }
}
