import { asc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { messageContents, outboxMessages, scheduledEvents } from '../../db/schema.ts'
import { addDays, dayOf } from '../contract/court-time.ts'
import { diceFor } from '../domain/demo/dice.ts'
import type { NoticeContent } from '../domain/outbox/message-content.ts'
import { runEvening } from '../evening/run-evening.ts'
import { putCase, putEntry, putEvent } from '../testing/put-case.ts'
import { putSubscription } from '../testing/put-subscription.ts'
import { refusalOf } from '../testing/refusal-of.ts'
import { counted, report, seed, sized } from '../testing/torture/scale.ts'
import { openWorld, type World } from '../testing/world.ts'

const zone = 'America/Chicago'

/** Every notice of every run, in order. */
async function noticesOf(world: World): Promise<{ runId: number; content: NoticeContent }[]> {
  const rows = await world.reading().tx.select({ runId: outboxMessages.runId, payload: messageContents.payload }).from(outboxMessages)
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).where(eq(outboxMessages.kind, 'notice')).orderBy(asc(outboxMessages.id))
  return rows.map(({ runId, payload }) => ({ runId: runId ?? 0, content: payload as NoticeContent }))
}
const hold = (world: World) => runEvening(world.workplace, world.site, { mayBeFuture: false })
const entriesIn = ({ told }: NoticeContent): number[] => told.flatMap((fact) => ('entryId' in fact ? fact.entryId ?? [] : []))

describe('R12: no evening for one to seven days', () => {
  const trials = sized(4, 300)

  it(`owes each entry once, and of hearings what still lies ahead, in ${trials} months from seed ${seed}`, async () => {
    const wrong: string[] = []
    let entries = 0
    for (let trial = 0; trial < trials; trial++) {
      const dice = diceFor(seed + trial, 'R12')
      // A noon in a month with a change of the clocks, or any other.
      const world = await openWorld(dice.pick(['2026-10-20T12:00:00-05:00', '2026-03-01T12:00:00-06:00', '2028-02-15T12:00:00-06:00', '2026-12-20T12:00:00-06:00']))
      try {
        await world.work(async (work) => {
          await putCase(work, { number: '26BA-CV00001' })
          await putSubscription(work, 1, { email: 'a@example.com', eventTenDays: true, eventTwoDays: true })
        })
        const entered: number[] = []
        const evenings: { runId: number; at: Date }[] = []
        const hearings: { id: number; startsAt: Date; enteredAt: Date }[] = []
        let untilNext = dice.between(1, 7)
        for (let day = 0; day < 28; day++) {
          await world.work(async (work) => {
            for (let more = dice.between(0, 2); more > 0; more--) entered.push((await putEntry(work, 1)).entryId)
            if (dice.chance(0.3)) {
              const startsAt = new Date(work.now.getTime() + dice.between(1, 20 * 24) * 3_600_000)
              hearings.push({ id: await putEvent(work, 1, { startsAt }), startsAt, enteredAt: work.now })
            }
          })
          if (--untilNext === 0) {
            const { runId } = await hold(world)
            if (runId !== null) evenings.push({ runId, at: world.clock.now() })
            // Again, and nothing of it comes twice.
            if (dice.chance(0.5)) await hold(world)
            untilNext = dice.between(1, 7)
          }
          world.clock.passMinutes(24 * 60)
        }
        const { runId } = await hold(world)
        if (runId !== null) evenings.push({ runId, at: world.clock.now() })
        entries += entered.length

        const notices = await noticesOf(world)
        const told = notices.flatMap(({ content }) => entriesIn(content)).sort((a, b) => a - b)
        if (told.join() !== entered.join()) wrong.push(`seed ${seed + trial}: of entries ${entered.join()} were told ${told.join()}`)
        for (const { id, startsAt, enteredAt } of hearings) {
          // The first evening held on or after the due day that knew of it, if it has not begun by then; the same evening for both is one mention.
          const expected = new Set([10, 2].flatMap((days) => {
            const dueOn = addDays(dayOf(startsAt, zone), -days)
            const evening = evenings.find(({ at }) => at >= enteredAt && dayOf(at, zone) >= dueOn)
            return evening && startsAt > evening.at ? [evening.runId] : []
          }))
          const mentioned = notices.flatMap(({ runId: of, content }) => (content.told.some((fact) => fact.mark === 'Hearing' && fact.eventId === id) ? [of] : []))
          if ([...expected].sort((a, b) => a - b).join() !== mentioned.join()) wrong.push(`seed ${seed + trial}: hearing ${id} on ${startsAt.toISOString()} was told in runs ${mentioned.join()}, not ${[...expected].join()}`)
        }
        expect(await world.reading().tx.$count(scheduledEvents)).toBe(hearings.length)
      } finally {
        await world.close()
      }
    }
    report('R12', `${counted(wrong.length)} wrong of ${counted(entries)} entries in ${counted(trials)} months`, wrong.length === 0)
    expect(wrong).toEqual([])
  }, sized(60_000, 3_600_000))
})

describe('R15: a clock that is wrong', () => {
  async function aWorld(at: string): Promise<World> {
    const world = await openWorld(at)
    await world.work(async (work) => {
      await putCase(work, { number: '26BA-CV00001' })
      await putSubscription(work, 1, { email: 'a@example.com' })
    })
    return world
  }
  const enter = (world: World) => world.work((work) => putEntry(work, 1))

  it.each([
    ['two hours back in an evening', '2026-11-20T19:00:00-06:00', '2026-11-20T17:00:00-06:00', '2026-11-20T19:00:00-06:00'],
    ['two hours back across midnight', '2026-11-21T00:30:00-06:00', '2026-11-20T22:30:00-06:00', '2026-11-21T19:00:00-06:00'],
    ['a day ahead, then right', '2026-11-21T19:00:00-06:00', '2026-11-20T19:05:00-06:00', '2026-11-21T19:00:00-06:00'],
  ])('%s tells each entry once, on a day that is held', async (_, first, wrongNow, rightAgain) => {
    const world = await aWorld(first)
    try {
      const entries = [(await enter(world)).entryId]
      const { day } = await hold(world)
      expect(day).toBe(dayOf(new Date(first), zone))
      world.clock.set(wrongNow)
      entries.push((await enter(world)).entryId)
      // An evening before the last one is refused, and what came is not lost.
      if (dayOf(new Date(wrongNow), zone) < day) expect(await refusalOf(hold(world))).toBe('dayAlreadyHeld')
      else await hold(world)
      world.clock.set(rightAgain)
      entries.push((await enter(world)).entryId)
      await hold(world)
      expect((await noticesOf(world)).flatMap(({ content }) => entriesIn(content)).sort((a, b) => a - b)).toEqual(entries)
    } finally {
      await world.close()
    }
  })
})
