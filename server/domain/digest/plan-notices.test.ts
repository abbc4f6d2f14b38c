import { asc, eq, isNull, ne } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, courts, digestRuns, docketChanges, docketEntries, messageContents, outboxMessages, subscribers, subscriptions } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { putCase, putEntry } from '../../testing/put-case.ts'
import { explain, watchQueries } from '../../testing/query-plans.ts'
import { track } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { leaseBatch } from '../outbox/lease-messages.ts'
import type { NoticeContent } from '../outbox/message-content.ts'
import { stopTracking } from '../tracking/stop-tracking.ts'
import { casesAtOnce } from './plan-notices.ts'
import { previewEvening } from '../../evening/preview-evening.ts'

let world: World
const number = '26BA-CV00077'

beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    await putCase(work, { number })
    await putCase(work, { number: '26BA-CV00033' })
  })
})
afterEach(() => world.close())

/** Whether a plan reads what grows with history: a whole table, or a whole index that is not one of the few rows an evening is about. */
const walksHistory = (plan: string): boolean => [
  /Seq Scan/,
  /SCAN (docket_changes|subscriptions|message_contents|outbox_messages)(?! USING (COVERING )?INDEX (docket_changes_untaken|subscriptions_(choosing|missed|paused))\b)/,
  // The whole of a table, in the order of its numbers.
  /SEARCH (docket_changes|subscriptions|cases) USING INTEGER PRIMARY KEY \(rowid>/,
  // From its end, for a greatest or a least, past all that does not count.
  /SEARCH docket_changes$/m,
  /Scan (Backward )?(using|on) (docket_changes|outbox_messages)_pkey( on \w+)?\n\s+(Filter|Index Cond: \(id >)/,
  /Scan (Backward )?using docket_changes_(case|entry|run) on \w+(\n\s+(Filter|Index Cond: \(id >)|$)/,
].some((walk) => walk.test(plan))

const evening = (day?: string, mayBeFuture = false) => runEvening(world.workplace, world.site, { day, mayBeFuture })
const preview = () => previewEvening(world.workplace, world.site, { mayBeFuture: false, isListed: true })
const enter = (caseId = 1, facts: Parameters<typeof putEntry>[2] = {}) => world.work((work) => putEntry(work, caseId, facts))
const change = (entryId: number, kind: 'updated' | 'voided', fields: (typeof docketChanges.$inferInsert)['fields'] = null, caseId = 1) =>
  world.work(async ({ tx, now }) => {
    if (kind === 'voided') await tx.update(docketEntries).set({ status: 'voided' }).where(eq(docketEntries.id, entryId))
    await tx.insert(docketChanges).values({ caseId, entryId, kind, fields, recordedAt: now, isQuiet: false })
  })
/** Who is owed what, by what is said and then by address. */
async function owed(): Promise<{ email: string; runId: number | null; content: NoticeContent }[]> {
  const found = await world.reading().tx.select({ email: subscribers.email, runId: outboxMessages.runId, payload: messageContents.payload })
    .from(outboxMessages)
    .innerJoin(subscribers, eq(subscribers.id, outboxMessages.subscriberId))
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
    .where(eq(outboxMessages.kind, 'notice')).orderBy(asc(outboxMessages.contentId), asc(subscribers.email))
  // The column holds what `planNotices` wrote.
  return found.map(({ payload, ...one }) => ({ ...one, content: payload as NoticeContent }))
}
const contents = async (): Promise<NoticeContent[]> => (await owed()).map((one) => one.content)

describe('an evening (F1, F2, F4)', () => {
  it('owes each active subscription of a changed case one notice with all that happened', async () => {
    await track(world, 'a@example.com', number)
    await track(world, 'b@example.com', number)
    await track(world, 'c@example.com', '26BA-CV00033')
    await enter(1, { description: 'Motion for Continuance', filedAt: new Date('2026-11-20T19:52:00Z'), filedOn: '2026-11-20' })
    await enter(1, { description: 'Order', filedOn: '2026-11-18' })
    expect(await evening()).toMatchObject({ day: '2026-11-20', state: 'completed', notices: 2, emails: 2, texts: 0, reminders: 0 })
    const all = await owed()
    expect(all.map((one) => one.email)).toEqual(['a@example.com', 'b@example.com'])
    expect(all[0]?.content).toMatchObject({
      subject: 'Case 26BA-CV00077: 2 new entries',
      heading: '2 new entries in case 26BA-CV00077',
      courtName: '13th Judicial Circuit, Boone County',
      leads: [],
      more: 0,
      entries: [
        { mark: 'New', title: 'Motion for Continuance', filed: 'November 20, 2026, 1:52 p.m.', lastActivity: 'November 20, 2026, 12:00 p.m.', changes: [] },
        { mark: 'New', title: 'Order', filed: 'November 18, 2026' },
      ],
    })
    expect(await world.reading().tx.$count(messageContents, eq(messageContents.caseId, 1)), 'said once, however many are told').toBe(1)
  })

  it('owes nothing where nothing happened', async () => {
    await track(world, 'a@example.com', number)
    expect(await evening()).toMatchObject({ notices: 0 })
    expect(await world.reading().tx.$count(digestRuns)).toBe(1)
  })

  it('tells what came after a subscription began and none before, in the order of arrival and not by the clock', async () => {
    await track(world, 'early@example.com', number)
    await enter(1, { description: 'First' })
    await track(world, 'later@example.com', number)
    world.clock.passMinutes(-120)
    await enter(1, { description: 'Second' })
    await track(world, 'latest@example.com', number)
    await evening()
    const told = (await owed()).map((one) => [one.email, one.content.entries.map((entry) => entry.title).sort()])
    expect(told).toEqual([['early@example.com', ['First', 'Second']], ['later@example.com', ['Second']]])
  })

  it('tells each change once, however often the evening is held', async () => {
    await track(world, 'a@example.com', number)
    await enter()
    const ten = await Promise.all(Array.from({ length: 10 }, () => evening()))
    expect(ten.reduce((sum, one) => sum + one.notices, 0)).toBe(1)
    await enter(1, { description: 'Late' })
    expect(await evening()).toMatchObject({ notices: 1 })
    expect((await contents()).map((one) => one.entries.map((entry) => entry.title))).toEqual([['Motion filed'], ['Late']])
  })

  it('leaves out stopped and pending subscriptions, quiet history, sealed entries and confidential cases', async () => {
    const { id } = await track(world, 'stopped@example.com', number)
    await world.work((work) => stopTracking(work, id, 'emailAndText'))
    await track(world, 'a@example.com', number)
    await enter(1, { isQuiet: true })
    await enter(1, { security: 'confidential' })
    expect(await evening()).toMatchObject({ notices: 0 })
    await enter()
    await world.work((work) => work.tx.update(cases).set({ security: 'confidential' }).where(eq(cases.id, 1)))
    expect(await evening()).toMatchObject({ notices: 0 })
  })

  it('tells a case that was opened again even without an entry (E7)', async () => {
    await track(world, 'a@example.com', number)
    await world.work(({ tx, now }) => tx.insert(docketChanges).values({ caseId: 1, entryId: null, kind: 'reopened', recordedAt: now, isQuiet: false }))
    await evening()
    expect(await contents()).toMatchObject([{ subject: 'Case 26BA-CV00077: case reopened', leads: ['The court has opened this case again.'], entries: [] }])
    await world.work(({ tx, now }) => tx.insert(docketChanges).values({ caseId: 1, entryId: null, kind: 'reopened', recordedAt: now, isQuiet: false }))
    await world.work(({ tx }) => tx.update(cases).set({ status: 'closed' }))
    expect(await evening(), 'closed again before the evening').toMatchObject({ notices: 0 })
  })
})

describe('a notice that waits while its subscription is stopped and begun anew', () => {
  it('does not leave: what came before the new beginning is not told', async () => {
    const { id } = await track(world, 'a@example.com', number)
    await track(world, 'b@example.com', number)
    await enter()
    await evening()
    await world.work((work) => stopTracking(work, id, 'emailAndText'))
    await track(world, 'a@example.com', number)
    await world.work((work) => work.tx.update(outboxMessages).set({ dueAt: new Date('2027-01-01T00:00:00Z') }).where(ne(outboxMessages.kind, 'notice')))
    const { batch, settled } = await world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit: 100, seconds: 60, remembersForMs: 86_400_000 }))
    expect(batch?.messages.map((message) => message.address)).toEqual(['b@example.com'])
    expect(settled.cancelled).toBe(1)
  })
})

describe('a case that is not told of any more (A5)', () => {
  it('owes nothing while its court takes no part, or its type is excluded, in a run and in a dry run', async () => {
    await track(world, 'a@example.com', number)
    await track(world, 'b@example.com', '26BA-CV00033')
    const excluded = world.profile.caseTypes.find((type) => type.isExcluded)?.code ?? ''
    await world.work(({ tx }) => tx.update(cases).set({ caseType: excluded }).where(eq(cases.id, 2)))
    await enter(2)
    expect((await preview()).list).toEqual([])
    expect(await evening()).toMatchObject({ notices: 0 })
    await world.work(({ tx }) => tx.update(courts).set({ isTakingPart: false }))
    await enter(1)
    expect((await preview()).list).toEqual([])
    expect(await evening()).toMatchObject({ notices: 0 })
  })
})

describe('what an entry is marked as (F3, F4)', () => {
  const corrected = [{ field: 'text' as const, from: 'Dcember 3', to: 'December 3' }]

  it('is corrected, with what changed from first to last', async () => {
    const { entryId } = await enter(1, { isQuiet: true, text: 'December 4' })
    await track(world, 'a@example.com', number)
    await change(entryId, 'updated', corrected)
    await change(entryId, 'updated', [{ field: 'text', from: 'December 3', to: 'December 4' }, { field: 'filedAt', from: '2026-11-18', to: '2026-11-19T15:00:00.000Z' }])
    await evening()
    expect(await contents()).toMatchObject([{
      subject: 'Case 26BA-CV00077: 1 corrected entry',
      entries: [{ mark: 'Corrected', text: 'December 4', changes: ['Text was “Dcember 3”.', 'Filed November 19, 2026, 9:00 a.m. (was November 18, 2026).'] }],
    }])
  })

  it('is new when it came and was corrected since the last evening', async () => {
    await track(world, 'a@example.com', number)
    const { entryId } = await enter()
    await change(entryId, 'updated', corrected)
    await evening()
    expect(await contents()).toMatchObject([{ subject: 'Case 26BA-CV00077: 1 new entry', entries: [{ mark: 'New', changes: [] }] }])
  })

  it('is voided when it came and was voided since the last evening', async () => {
    await track(world, 'a@example.com', number)
    const { entryId } = await enter()
    await change(entryId, 'voided')
    await evening()
    expect(await contents()).toMatchObject([{ subject: 'Case 26BA-CV00077: 1 voided entry', entries: [{ mark: 'Voided' }] }])
  })

  it('is corrected when it was voided before and is corrected now', async () => {
    const { entryId } = await enter(1, { isQuiet: true, status: 'voided' })
    await track(world, 'a@example.com', number)
    await change(entryId, 'updated', corrected)
    await evening()
    expect(await contents()).toMatchObject([{ subject: 'Case 26BA-CV00077: 1 corrected entry', entries: [{ mark: 'Corrected' }] }])
  })

  it('is not told when it was changed and changed back', async () => {
    const { entryId } = await enter(1, { isQuiet: true })
    await track(world, 'a@example.com', number)
    await change(entryId, 'updated', [{ field: 'text', from: 'a', to: 'b' }])
    await change(entryId, 'updated', [{ field: 'text', from: 'b', to: 'a' }])
    expect(await evening()).toMatchObject({ notices: 0 })
  })

  it('is cut after 25 with a count of the rest (F12)', async () => {
    await track(world, 'a@example.com', number)
    await world.work(async (work) => {
      for (let entry = 0; entry < 40; entry++) await putEntry(work, 1, { description: `Entry ${entry}`, text: 'x'.repeat(entry === 39 ? 90_000 : 100) })
    })
    await evening()
    const [content] = await contents()
    expect(content?.entries).toHaveLength(25)
    expect(content).toMatchObject({ more: 15, subject: 'Case 26BA-CV00077: 40 new entries' })
    expect(content?.entries.every((entry) => entry.text.length < 4_100)).toBe(true)
  })
})

describe('the day of an evening (F9)', () => {
  it('makes up for missed evenings, dates the notice with its own day and says which days it covers', async () => {
    await track(world, 'a@example.com', number)
    await evening()
    world.clock.set('2026-11-21T10:00:00-06:00')
    await enter(1, { description: 'Saturday' })
    world.clock.set('2026-11-23T19:00:00-06:00')
    await enter(1, { description: 'Monday' })
    expect(await evening()).toMatchObject({ day: '2026-11-23', notices: 1 })
    expect(await contents()).toMatchObject([{ leads: ['This covers what was entered from November 21, 2026 to November 23, 2026.'] }])
  })

  it('is the court\'s, to the minute before midnight and across the end of daylight saving', async () => {
    world.clock.set('2026-10-31T23:59:00-05:00')
    expect(await evening()).toMatchObject({ day: '2026-10-31' })
    world.clock.set('2026-11-01T23:59:00-06:00')
    expect(await evening()).toMatchObject({ day: '2026-11-01' })
    world.clock.set('2026-11-02T00:00:00-06:00')
    expect(await evening()).toMatchObject({ day: '2026-11-02' })
  })

  it('is refused before the last one held and, where mail is real, in the future', async () => {
    const refusal = async (day: string) => evening(day).then(() => 'held', (error: unknown) => (error instanceof Refusal ? error.code : 'bug'))
    await evening('2026-11-20')
    expect(await refusal('2026-99-99')).toBe('inputInvalid')
    expect(await refusal('2026-11-19')).toBe('dayAlreadyHeld')
    expect(await refusal('2026-11-20')).toBe('held')
    expect(await refusal('2026-11-21')).toBe('dayInFuture')
    expect(await evening('2026-11-21', true)).toMatchObject({ day: '2026-11-21' })
  })
})

describe('planning', () => {
  it('says in a dry run what it would owe, and changes nothing', async () => {
    await track(world, 'a@example.com', number)
    await track(world, 'b@example.com', '26BA-CV00033')
    await enter(1)
    await enter(1)
    await enter(2, { security: 'confidential' })
    const would = await preview()
    expect(would).toMatchObject({ notices: 1, emails: 1, texts: 0, list: [{ email: 'a@example.com', caseNumber: number }] })
    expect(await world.reading().tx.$count(digestRuns)).toBe(0)
    expect(await evening()).toMatchObject({ notices: 1, emails: 1, texts: 0 })
  })

  it('names the court in links where two courts share the number', async () => {
    await world.work(async (work) => {
      const other = (await work.tx.select().from(courts)).find((one) => one.isTakingPart && one.code !== '13-BOONE')
      await putCase(work, { number, court: other?.code ?? '' })
    })
    await world.work((work) => work.tx.insert(subscribers).values({ email: 'a@example.com', emailKey: 'a@example.com', createdAt: work.now }))
    await world.work((work) => work.tx.insert(subscriptions).values({
      subscriberId: 1, caseId: 1, emailState: 'active', textState: 'none', eventTenDays: false, eventTwoDays: false, paymentTwoDays: false,
      emailActiveAfter: 0, linkVersion: 1, createdAt: work.now,
    }))
    await enter(1)
    await evening()
    expect(await contents()).toMatchObject([{ caseAddress: 'http://localhost:3000/cases/26BA-CV00077?court=13-BOONE' }])
  })

  it('takes every change and owes every notice once, however many slices that is', async () => {
    const first = await world.work(async (work) => (await putCase(work, { number: 'S-0' })))
    const count = 2 * casesAtOnce + 5
    const [sealedOnly, begunMeanwhile, untracked] = [casesAtOnce - 1, casesAtOnce, 2 * casesAtOnce]
    const expected: { subscriptionId: number; runId: number }[] = []
    await world.work(async (work) => {
      for (let nth = 0; nth < count; nth++) {
        const caseId = nth === 0 ? first : await putCase(work, { number: `S-${nth}` })
        const subscriptionId = nth === untracked ? undefined : await putSubscription(work, caseId, { email: `${nth % 50}@example.com` })
        const { entryId } = await putEntry(work, caseId, nth === sealedOnly ? { security: 'confidential' } : {})
        // More than one statement of taking them holds.
        await work.tx.insert(docketChanges).values(Array.from({ length: 13 }, () => ({ caseId, entryId, kind: 'updated' as const, recordedAt: work.now, isQuiet: false })))
        if (subscriptionId !== undefined && nth !== sealedOnly) expected.push({ subscriptionId, runId: 1 })
        if (nth === begunMeanwhile) {
          const late = await putSubscription(work, caseId, { email: 'late@example.com' })
          await putEntry(work, caseId)
          expected.push({ subscriptionId: late, runId: 1 })
        }
      }
    })
    const quiet = await world.work((work) => putEntry(work, first, { isQuiet: true }))
    expect(await evening()).toMatchObject({ notices: expected.length })
    const owed = await world.reading().tx.select({ subscriptionId: outboxMessages.subscriptionId, runId: outboxMessages.runId }).from(outboxMessages)
    expect(owed.sort((a, b) => (a.subscriptionId ?? 0) - (b.subscriptionId ?? 0))).toEqual(expected.sort((a, b) => a.subscriptionId - b.subscriptionId))
    const untaken = await world.reading().tx.select({ id: docketChanges.id }).from(docketChanges).where(isNull(docketChanges.runId))
    expect(untaken).toEqual([{ id: quiet.changeId }])
    const [run] = await world.reading().tx.select({ changes: digestRuns.changes }).from(digestRuns)
    expect(run).toEqual({ changes: 14 * count + 1 })
  }, 60_000)

  it('reads the changes that no run has taken, and never walks history or all subscriptions', async () => {
    await track(world, 'a@example.com', number)
    await world.work(async (work) => putSubscription(work, await putCase(work, { number: '26BA-CV00078' }), { email: 'b@example.com', emailState: 'paused', pausedUntil: '2026-11-20' }))
    await enter()
    const sent = await watchQueries(() => evening())
    const plans = await explain(world, sent.filter(({ sql }) => /docket_changes|outbox_messages|subscriptions/.test(sql)))
    expect(plans.length).toBeGreaterThan(6)
    for (const plan of plans) expect(walksHistory(plan), plan).toBe(false)
    for (const waking of await explain(world, sent.filter(({ sql }) => sql.includes('"paused_until" <=')))) expect(waking).toContain('subscriptions_paused')
    const [taking] = await explain(world, sent.filter(({ sql }) => sql.startsWith('update "docket_changes"')))
    expect(taking).toContain('docket_changes_untaken')
    const [planning] = await explain(world, sent.filter(({ sql }) => sql.startsWith('insert into "outbox_messages"')))
    for (const index of ['message_contents_run_case_change_key', 'subscriptions_case_active', 'docket_changes_run']) expect(planning).toContain(index)
    expect(planning).not.toContain('TEMP B-TREE')
  })

  it('would be seen to walk history if it asked for the changes without a run in other words', async () => {
    const asked = [
      'update docket_changes set run_id = 1 where run_id is null',
      'select max(id) from docket_changes where run_id is null and is_quiet is not null',
      'select case_id, count(*) from docket_changes where id > 0 group by case_id',
      'select * from docket_changes where id > 0',
    ]
    const plans = await explain(world, asked.map((sql) => ({ sql, params: [] })))
    expect(plans.filter((plan) => !walksHistory(plan))).toEqual([])
    const [taking] = await explain(world, [{ sql: 'update docket_changes set run_id = 1 where run_id is null and not is_quiet', params: [] }])
    expect(walksHistory(taking ?? '')).toBe(false)
    expect(taking).toContain('docket_changes_untaken')
  })
})
