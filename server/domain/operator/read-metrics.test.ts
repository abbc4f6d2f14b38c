import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxMessages } from '../../../db/schema.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { oweNotices } from '../../testing/owe-notices.ts'
import { oweTexts } from '../../testing/owe-texts.ts'
import { explain, watchQueries } from '../../testing/query-plans.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { isEveningOverdue } from './read-feed-lag.ts'
import { readMetrics } from './read-metrics.ts'

const grace = 60
let world: World
beforeEach(async () => {
  world = await openWorld('2026-11-20T19:00:00-06:00')
})
afterEach(() => world.close())

const hold = () => runEvening(world.workplace, world.site, { mayBeFuture: false })

async function figures(): Promise<Map<string, number>> {
  const facts = await readMetrics(world.reading(), world.profile, grace)
  return new Map(facts.flatMap(({ name, samples }) => samples.map(({ labels = {}, value }) => [[name, ...Object.values(labels)].join(' '), value])))
}

describe('the metrics of the installation', () => {
  it('tell of evenings, the outbox and texts in numbers, and of nobody (H5)', async () => {
    const owed = await world.work((work) => oweNotices(work, { cases: 1, recipients: 4 }))
    await world.work(async ({ tx }) => {
      await tx.update(outboxMessages).set({ state: 'sent' }).where(eq(outboxMessages.id, owed[0]?.messageId ?? 0))
      await tx.update(outboxMessages).set({ attempts: 2 }).where(eq(outboxMessages.id, owed[1]?.messageId ?? 0))
    })
    await world.work((work) => oweTexts(work, world.site))
    world.clock.passMinutes(5)
    await hold()
    const now = await figures()
    expect(now.get('ttc_outbox_messages notice waiting')).toBeGreaterThanOrEqual(3)
    expect(now.get('ttc_outbox_newest_settled notice sent')).toBe(1)
    expect(now.get('ttc_outbox_retrying')).toBe(1)
    expect(now.get('ttc_outbox_oldest_due_age_seconds')).toBe(300)
    expect(now.get('ttc_evening_runs_total')).toBe(2)
    expect(now.get('ttc_evening_changes_taken_total')).toBeGreaterThan(0)
    expect(now.get('ttc_evening_overdue')).toBe(0)
    expect(now.get('ttc_changes_untaken')).toBe(0)
    expect(now.get('ttc_verification_texts_per_day_limit')).toBe(world.profile.limits.verificationTextsPerDay)
    const facts = JSON.stringify(await readMetrics(world.reading(), world.profile, grace))
    expect(facts).not.toMatch(/@|26BA|\+1|573/)
  })

  it('cost no walk through all that was ever sent or entered', async () => {
    const beside = world.openBeside()
    const sent = await watchQueries(() => readMetrics(beside.reading(), world.profile, grace))
    await beside.close()
    const queries = sent.filter(({ sql: text }) => /"(outbox_messages|docket_changes|phone_verifications|cases|scheduled_events|scheduled_payments)"/.test(text))
    expect(queries.length).toBeGreaterThan(10)
    for (const [nth, plan] of (await explain(world, queries)).entries()) {
      const { sql: text } = queries[nth] ?? { sql: '' }
      // What is read to its first row or to a bound by the key.
      const isBounded = /limit [?$\d]+\)? ?(as|"newest"|$)|order by "[a-z_]+"\."id" desc limit/.test(text)
      if (!isBounded) expect(plan, text).not.toMatch(/SCAN (outbox_messages|docket_changes|cases)(?! USING (COVERING )?INDEX)|Seq Scan/)
    }
  })
})

describe('an evening that is overdue', () => {
  const overdue = (profile = world.profile): Promise<boolean> => isEveningOverdue(world.reading(), profile, grace)

  it('is one that nobody held within the grace', async () => {
    await hold()
    world.clock.set('2026-11-21T20:00:00-06:00')
    expect(await overdue()).toBe(false)
    world.clock.set('2026-11-21T20:00:01-06:00')
    expect(await overdue()).toBe(true)
    expect(await isEveningOverdue(world.reading(), world.profile, 61)).toBe(false)
    await hold()
    expect(await overdue()).toBe(false)
  })

  it('is none on a day without an evening, a holiday or while the service is closed (I4)', async () => {
    await hold()
    world.clock.set('2026-11-21T22:00:00-06:00')
    const { digest } = world.profile
    expect(await overdue({ ...world.profile, digest: { ...digest, days: [1, 2, 3, 4, 5] } })).toBe(false)
    expect(await overdue({ ...world.profile, digest: { ...digest, holidays: ['2026-11-21'] } })).toBe(false)
    expect(await overdue({ ...world.profile, serviceHours: { days: [1, 2, 3, 4, 5], open: '06:00', close: '01:00' } })).toBe(false)
    expect(await overdue()).toBe(true)
  })
})
