import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { docketEntries, messageContents, outboxMessages, subscribers } from '../../db/schema.ts'
import { deliverOutbox } from '../delivery/deliver-outbox.ts'
import { diceFor } from '../domain/demo/dice.ts'
import type { NoticeContent } from '../domain/outbox/message-content.ts'
import { suppressAddress } from '../domain/outbox/suppress-address.ts'
import { stopTracking } from '../domain/tracking/stop-tracking.ts'
import { runEvening } from '../evening/run-evening.ts'
import { DeliveryError, type Mail } from '../ports.ts'
import { putCase } from '../testing/put-case.ts'
import { putSubscription } from '../testing/put-subscription.ts'
import { allSent, createKeptLog, createStubMailer } from '../testing/stub-mailer.ts'
import { createStubTexter } from '../testing/stub-texter.ts'
import { takeAll } from '../testing/take-all.ts'
import { Model, type Follower } from '../testing/torture/model.ts'
import { counted, report, seed, sized } from '../testing/torture/scale.ts'
import { openWorld } from '../testing/world.ts'

const number = '26BA-CV00001'
const emails = ['a@example.com', 'b@example.com', 'c@example.com']
/** Where something happens: what was done when it does. */
const steps = ['entered', 'planned', 'handedOver', 'answered', 'settled', 'handedOverAgain', 'drained'] as const
type Step = (typeof steps)[number]
const deeds = ['edit', 'seal', 'hide', 'stop', 'comeBack'] as const
const answers = ['taken', 'answerLost', 'lostOnTheWay'] as const

/** One run, with these deeds at these steps; answers what was wrong. */
async function tryOut(what: readonly { readonly step: Step; readonly deed: (typeof deeds)[number] }[], answer: (typeof answers)[number]): Promise<readonly string[]> {
  const world = await openWorld()
  const model = new Model()
  let edits = 0
  try {
    const feedEntry = (id: string, more: { security?: 'confidential' } = {}) => takeAll(world, [{
      type: 'docketEntry', case: number, court: '13-BOONE', id, filedAt: '2026-11-20', description: 'Motion', text: `version ${++edits}`, ...more,
    }])
    const { workplace, profile, site } = world
    const followers: Follower[] = []
    await world.work(async (work) => {
      await putCase(work, { number })
      for (const email of emails) followers.push(model.begin(await putSubscription(work, 1, { email }), email, 1))
    })
    const [stopping, bouncing] = followers
    for (const id of ['one', 'two']) await feedEntry(id)
    const entries = await world.reading().tx.select({ id: docketEntries.id }).from(docketEntries)
    for (const { id } of entries) model.change(1, id)
    const [first = 0] = entries.map(({ id }) => id)
    const done = new Set<string>()

    async function happen(step: Step): Promise<void> {
      for (const { deed } of what.filter((one) => one.step === step && !done.has(one.deed))) {
        done.add(deed)
        switch (deed) {
          case 'edit': {
            if (done.has('seal')) break
            await feedEntry('one')
            model.change(1, first)
            break
          }
          case 'seal': {
            await feedEntry('one', { security: 'confidential' })
            model.seal(first)
            break
          }
          case 'hide': {
            await takeAll(world, [{ type: 'case', number, court: '13-BOONE', caption: 'Harbor v. Lowell', security: 'confidential' }])
            model.hide(1)
            break
          }
          case 'stop': {
            if (!stopping) break
            await world.work((work) => stopTracking(work, stopping.id, 'emailAndText'))
            model.stop(stopping)
            break
          }
          case 'comeBack': {
            if (!bouncing) break
            await world.work(async (work) => {
              const [subscriber] = await work.tx.select({ id: subscribers.id }).from(subscribers).where(eq(subscribers.email, bouncing.email))
              await suppressAddress(work, subscriber?.id ?? 0, 'bounced')
            })
            model.pause(bouncing)
          }
        }
      }
    }

    const known = new Map<string, string>()
    let handed = 0
    const mailer = createStubMailer({ concurrency: 1 }, async (mails, _nth, key) => {
      const nth = handed++
      const arrives = nth > 0 || answer !== 'lostOnTheWay'
      const body = JSON.stringify(mails)
      const before = known.get(key)
      if (arrives && before === undefined) {
        known.set(key, body)
        for (const mail of mails) await take(mail)
      }
      await happen(nth === 0 ? 'handedOver' : 'handedOverAgain')
      if (nth === 0) await happen('answered')
      if (nth === 0 && answer !== 'taken') throw new DeliveryError('No answer came.', { isFinal: false, isUnanswered: true })
      return before !== undefined && before !== body ? { kind: 'replayed' } : allSent(mails)
    })
    const deliver = () => deliverOutbox({ workplace, profile, mailer, texter: createStubTexter(), linkKeys: ['k'.repeat(32)], log: createKeptLog(), workerName: 'trial' })
    async function take(mail: Mail): Promise<void> {
      const [told] = await world.reading().tx.select({ subscriptionId: outboxMessages.subscriptionId, runId: outboxMessages.runId, payload: messageContents.payload }).from(outboxMessages)
        .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).where(eq(outboxMessages.id, Number(mail.messageKey.slice(1))))
      const entriesOf = (isMissed: boolean): number[] => (told?.payload as NoticeContent).told
        .flatMap((fact) => ('entryId' in fact && fact.entryId !== null && (fact.mark === 'Missed') === isMissed ? [fact.entryId] : []))
      model.take({ subscriptionId: told?.subscriptionId ?? 0, runId: told?.runId ?? 0, to: mail.to, full: entriesOf(false), missed: new Set(entriesOf(true)) })
    }
    async function evening(): Promise<void> {
      const { runId } = await runEvening(workplace, site, { mayBeFuture: false })
      if (runId !== null) model.evening(runId)
    }

    await happen('entered')
    await evening()
    await happen('planned')
    await deliver()
    await happen('settled')
    world.clock.passMinutes(5 * 60)
    await deliver()
    await happen('drained')
    world.clock.passMinutes(24 * 60)
    await evening()
    await deliver()
    const rows = await world.reading().tx.select().from(outboxMessages)
    // The provider answers the second try, which it still knows.
    for (const { id, state } of rows) if (state === 'failed' || state === 'parked') model.wrongs.push(`m${id} is ${state}`)
    model.close()
    return model.wrongs
  } finally {
    await world.close()
  }
}

describe('R16: an entry edited or sealed, a case sealed, a subscription stopped, an address bounced, at each step of a run', () => {
  const most = sized(40, 10_000)

  it(`is in just one notice, and nothing leaves afterwards, in ${most} interleavings from seed ${seed}`, async () => {
    // Each deed alone at each step with each answer first, then as many at once by chance.
    const alone = steps.flatMap((step) => deeds.flatMap((deed) => answers.map((answer) => ({ what: [{ step, deed }], answer }))))
    const dice = diceFor(seed, 'R16')
    const tried = Array.from({ length: most }, (_, nth) => (sized(0, 1) === 1 && alone[nth]) || {
      what: Array.from({ length: dice.between(1, 4) }, () => ({ step: dice.pick(steps), deed: dice.pick(deeds) })), answer: dice.pick(answers),
    })
    const wrong: string[] = []
    for (const { what, answer } of tried) {
      const wrongs = await tryOut(what, answer)
      if (wrongs.length > 0) wrong.push(`${JSON.stringify(what)} ${answer}: ${wrongs.join('; ')}`)
    }
    report('R16', `${counted(wrong.length)} wrong of ${counted(most)} interleavings`, wrong.length === 0)
    expect(wrong).toEqual([])
  }, sized(120_000, 7_200_000))
})
