import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxMessages } from '../../../db/schema.ts'
import { messageStates } from '../../contract/vocabulary.ts'
import { oweNotices } from '../../testing/owe-notices.ts'
import { oweTexts } from '../../testing/owe-texts.ts'
import { explain, watchQueries } from '../../testing/query-plans.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { countOutbox } from './count-outbox.ts'
import { listFailures } from './list-failures.ts'
import { listSuppressed } from './list-suppressed.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

describe('the outbox as operators see it (I5)', () => {
  it('counts every message once, by kind and state', async () => {
    expect(await countOutbox(world.reading())).toMatchObject({ kinds: [], oldestDueAt: null })
    await world.work((work) => oweTexts(work, world.site))
    const owed = await world.work((work) => oweNotices(work, { cases: 1, recipients: 10 }))
    await world.work(async (work) => {
      for (const [index, state] of messageStates.entries()) {
        const lease = state === 'leased' ? { leasedBy: 'w', leasedUntil: work.now } : {}
        await work.tx.update(outboxMessages).set({ state, ...lease }).where(eq(outboxMessages.id, owed[index]?.messageId ?? 0))
      }
    })
    const { kinds, oldestDueAt } = await countOutbox(world.reading())
    const notices = kinds.find(({ kind }) => kind === 'notice')
    expect(notices?.states.waiting).toEqual({ count: 3, isExact: true })
    for (const state of messageStates) if (state !== 'waiting') expect(notices?.states[state], state).toEqual({ count: 1, isExact: true })
    expect(kinds.find(({ kind }) => kind === 'text')?.states.waiting.count).toBeGreaterThan(0)
    expect(oldestDueAt).toEqual(world.clock.now())
    const all = kinds.flatMap(({ states }) => Object.values(states)).reduce((sum, { count }) => sum + count, 0)
    expect(all).toBe(await world.reading().tx.$count(outboxMessages))
  })

  it('reads no more of what was ever sent than the newest', async () => {
    const beside = world.openBeside()
    const sent = await watchQueries(async () => {
      await countOutbox(beside.reading())
      await listFailures(beside.reading(), 100)
      await listSuppressed(beside.reading(), 100)
    })
    await beside.close()
    const queries = sent.filter(({ sql }) => sql.includes('"outbox_messages"') || sql.includes('"subscribers"'))
    expect(queries.length).toBeGreaterThan(10)
    for (const [nth, plan] of (await explain(world, queries)).entries()) {
      const { sql } = queries[nth] ?? { sql: '' }
      const isOfNewest = sql.includes(') "newest"')
      expect(plan, sql).not.toMatch(isOfNewest ? /Seq Scan|SCAN outbox_messages USING/ : /SCAN (outbox_messages|subscribers)(?! USING (COVERING )?INDEX)|Seq Scan/)
    }
  })
})
