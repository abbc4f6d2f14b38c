import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bundledNotices, outboxMessages, subscribers, subscriptions } from '../../../db/schema.ts'
import { createComposer } from '../../delivery/compose.tsx'
import { runEvening } from '../../evening/run-evening.ts'
import { putCase } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { answerMail, failMail, leaseMail, sendMail } from '../../testing/send-mail.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { mayHaveLeft } from './may-have-left.ts'
import { obstacles } from './obstacles.ts'
import { pauseTracking, resumeTracking } from '../tracking/pause-tracking.ts'
import { stopTracking } from '../tracking/stop-tracking.ts'

let world: World
const numbers = ['26BA-CV00077', '26BA-CV00078'] as const
const court = '13-BOONE'

beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    for (const [nth, number] of numbers.entries()) {
      await putCase(work, { number })
      await putSubscription(work, nth + 1, { email: 'a@example.com' })
    }
    await work.tx.update(subscribers).set({ isBundled: true })
  })
  await takeAll(world, numbers.map((number) => ({ type: 'docketEntry', case: number, court, id: '1', filedAt: '2026-11-20', description: `Entry of ${number}`, text: '' })))
  await runEvening(world.workplace, world.site, { mayBeFuture: false })
})
afterEach(() => world.close())

const deeds = {
  'was paused': () => world.work((work) => pauseTracking(work, [1], { because: 'asked', until: null })),
  'was stopped': () => world.work((work) => stopTracking(work, 1, 'emailAndText')),
  'turned confidential': () => takeAll(world, [{ type: 'case', number: numbers[0], court, caption: 'Harbor v. Lowell', security: 'confidential' }]),
  'had its entry sealed': () => takeAll(world, [{ type: 'docketEntry', case: numbers[0], court, id: '1', filedAt: '2026-11-20', description: 'Sealed', text: '', security: 'confidential' }]),
} as const
const names = Object.keys(deeds) as (keyof typeof deeds)[]

async function retried() {
  world.clock.passMinutes(60)
  const batch = await leaseMail(world)
  if (!batch) throw new Error('Nothing was due.')
  const [composed] = createComposer(['k'.repeat(32)])(batch).composed
  await answerMail(world, batch)
  return { batch, text: String(composed?.mail.text) }
}

describe('a mail of several cases that nobody answered', () => {
  it.each(names)('leaves under its key without the case that %s', async (deed) => {
    await failMail(world, 'unanswered')
    const [before] = await world.reading().tx.select().from(outboxMessages)
    await deeds[deed]()
    const { batch, text } = await retried()
    expect(batch).toMatchObject({ isRetry: true, batchId: before?.batchId, dropped: [] })
    expect(text).toContain(`Entry of ${numbers[1]}`)
    expect(text).not.toContain(numbers[0])
    expect(await world.reading().tx.select({ id: bundledNotices.subscriptionId }).from(bundledNotices)).toEqual([{ id: 2 }])
    expect(await world.reading().tx.select().from(outboxMessages)).toMatchObject([{ state: 'sent' }])
  })

  it('tells in short after the pause what it left without', async () => {
    await failMail(world, 'unanswered')
    await deeds['was paused']()
    await retried()
    await world.work((work) => resumeTracking(work, [1]))
    world.clock.passMinutes(24 * 60)
    await runEvening(world.workplace, world.site, { mayBeFuture: false })
    await sendMail(world)
    expect((await world.reading().tx.select().from(outboxMessages).orderBy(asc(outboxMessages.id))).map(({ kind, subscriptionId }) => [kind, subscriptionId])).toEqual([['digest', null], ['notice', 1]])
    expect(await world.reading().tx.select().from(subscriptions).orderBy(asc(subscriptions.id))).toMatchObject([{ missedAfter: null }, { missedAfter: null }])
  })

  it('does not leave where nothing of it may be said any more', async () => {
    await failMail(world, 'unanswered')
    for (const id of [1, 2]) await world.work((work) => stopTracking(work, id, 'emailAndText'))
    world.clock.passMinutes(60)
    expect(await leaseMail(world)).toBeUndefined()
    expect(await world.reading().tx.select().from(outboxMessages)).toMatchObject([{ state: 'cancelled', reason: mayHaveLeft(obstacles.stopped) }])
  })
})
