import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accounts, cases, courts, docketEntries, subscribers, subscriptions } from '../../db/schema.ts'
import { myCasesQuery, type MyCasesPage, type MyCasesQuery } from '../contract/my-cases-view.ts'
import { courtTakesNoPart, nowTracking, stopped } from '../contract/wording.ts'
import { aContext, callerIn } from '../testing/a-context.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { putCase, putCourt, putEntry, putEvent } from '../testing/put-case.ts'
import { putSubscription } from '../testing/put-subscription.ts'
import { explain, watchQueries } from '../testing/query-plans.ts'
import { openWorld, type World } from '../testing/world.ts'

const email = 'pat@example.com'
let world: World
let accountId: number
beforeEach(async () => {
  world = await openWorld()
  accountId = await putTestAccount(world, email)
})
afterEach(() => world.close())

const mine = () => callerIn(aContext(world, { accountId })).myCases
const list = (query: Partial<MyCasesQuery> = {}): Promise<MyCasesPage> => mine().list({ ...myCasesQuery.parse({}), ...query })
const numbersOf = ({ cases: listed }: MyCasesPage): string[] => listed.map(({ number }) => number)
const subscribe = (number: string, { of = email, ...facts }: Partial<typeof cases.$inferInsert> & { of?: string } = {}, options: Partial<typeof subscriptions.$inferInsert> = {}) =>
  world.work(async (work) => {
    const caseId = await putCase(work, { number, ...facts })
    return { caseId, id: await putSubscription(work, caseId, { email: of, ...options }) }
  })
const rowOf = async (id: number) => (await world.reading().tx.select().from(subscriptions).where(eq(subscriptions.id, id)))[0]
const inDays = (days: number): Date => new Date(world.clock.now().getTime() + days * 86_400_000)

describe('My Cases (G2)', () => {
  it('has a case the moment it is tracked, one that waits to be confirmed included', async () => {
    await subscribe('26BA-CV00001', {}, { note: 'Sister’s case', eventTenDays: true })
    await subscribe('26BA-CV00002', {}, { emailState: 'pending', emailActiveAfter: null, emailActiveAt: null })
    const { cases: listed, counts, total } = await list({ sort: 'number' })
    expect(listed).toMatchObject([
      { number: '26BA-CV00001', caption: 'Harbor v. Lowell', status: 'open', note: 'Sister’s case', state: { kind: 'active' }, options: { eventTenDays: true } },
      { number: '26BA-CV00002', state: { kind: 'pending' } },
    ])
    expect({ total, counts }).toMatchObject({ total: 2, counts: { all: 2, pending: 1, changed: 0, stopped: 0 } })
  })

  it('is sorted by last activity, and by case number, type, court and next event when asked', async () => {
    await world.work((work) => putCourt(work, { code: 'A-COURT', shortName: 'Adair' }))
    const one = await subscribe('26BA-CV00001', { caseType: 'SC' })
    const two = await subscribe('26BA-CV00002', { court: 'A-COURT' })
    await subscribe('26BA-CV00003', { caseType: 'CR' })
    await world.work((work) => putEntry(work, one.caseId))
    world.clock.passMinutes(1)
    await world.work(async (work) => {
      await putEntry(work, two.caseId)
      await putEvent(work, one.caseId, { startsAt: inDays(20) })
      await putEvent(work, two.caseId, { startsAt: inDays(30) })
    })
    const order = async (sort: MyCasesQuery['sort']) => numbersOf(await list({ sort })).map((number) => number.at(-1)).join('')
    expect(await order('activity')).toBe('213')
    expect(await order('number')).toBe('123')
    expect((await order('court'))[0]).toBe('2')
    expect(await order('next')).toBe('123')
    const types = (await list({ sort: 'type' })).cases.map(({ caseTypeName }) => caseTypeName)
    expect(types).toEqual([...types].sort())
  })

  it('marks what changed since the last visit, never sealed entries or quiet history', async () => {
    const [loud, sealed, quiet] = [await subscribe('26BA-CV00001'), await subscribe('26BA-CV00002'), await subscribe('26BA-CV00003')]
    await world.work(async (work) => {
      await putEntry(work, loud.caseId)
      await putEntry(work, sealed.caseId, { security: 'confidential' })
      await putEntry(work, quiet.caseId, { isQuiet: true })
    })
    const before = await list()
    expect(before.counts.changed).toBe(1)
    expect(before.cases.filter(({ isNew }) => isNew).map(({ number }) => number)).toEqual(['26BA-CV00001'])
    expect(numbersOf(await list({ filter: 'changed' }))).toEqual(['26BA-CV00001'])
    await mine().seen({ through: before.seenThrough })
    expect((await list()).counts.changed).toBe(0)
    await world.work((work) => putEntry(work, loud.caseId))
    expect((await list()).counts.changed).toBe(1)
  })

  it('changes nothing by being read, and never takes back what was seen', async () => {
    const { caseId } = await subscribe('26BA-CV00001')
    await world.work((work) => putEntry(work, caseId))
    const all = () => world.rows('select * from accounts')
    const before = await all()
    const { seenThrough } = await list()
    expect(await all()).toEqual(before)
    await mine().seen({ through: 999_999 })
    await mine().seen({ through: 0 })
    expect(await world.reading().tx.select({ seen: accounts.seenChangeId }).from(accounts)).toEqual([{ seen: seenThrough }])
  })

  it('filters by what was typed, soon heard, paused, closed and stopped, and counts each', async () => {
    const soon = await subscribe('26BA-CV00001', { caption: 'Müller v. Quell' })
    await subscribe('26BA-CV00002', { status: 'closed' })
    await subscribe('26BA-CV00003', {}, { emailState: 'paused', note: 'aunt' })
    await subscribe('26BA-CV00004', {}, { emailState: 'stopped' })
    await world.work((work) => putEvent(work, soon.caseId, { startsAt: inDays(3) }))
    expect((await list()).counts).toMatchObject({ all: 3, hearing: 1, hearings: 1, paused: 1, closed: 1, stopped: 1 })
    const found = async (query: Partial<MyCasesQuery>) => numbersOf(await list(query)).map((number) => Number(number.at(-1)))
    expect(await found({ filter: 'hearing' })).toEqual([1])
    expect(await found({ filter: 'paused' })).toEqual([3])
    expect(await found({ filter: 'closed' })).toEqual([2])
    expect(await found({ filter: 'stopped' })).toEqual([4])
    expect(await found({ q: 'quell MULLER' })).toEqual([1])
    expect(await found({ q: '26bacv00002' })).toEqual([2])
    expect(await found({ q: 'aunt' })).toEqual([3])
  })

  it('has nothing of a case that turned confidential, in no list, count or file (A6)', async () => {
    const { caseId, id } = await subscribe('26BA-CV00001', { status: 'closed' })
    await world.work(async (work) => {
      await putEntry(work, caseId)
      await putEvent(work, caseId, { startsAt: inDays(1) })
      await work.tx.update(cases).set({ security: 'confidential' })
    })
    const { counts, total } = await list()
    expect({ ...counts, total }).toEqual({ all: 0, changed: 0, hearing: 0, paused: 0, closed: 0, stopped: 0, pending: 0, hearings: 0, total: 0 })
    expect(await mine().listAll({})).toEqual([])
    await expect(mine().one({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(mine().listAll({ ids: [id] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('shows no sealed or cancelled event as the next one (A9)', async () => {
    const { caseId } = await subscribe('26BA-CV00001')
    await world.work(async (work) => {
      await putEvent(work, caseId, { startsAt: inDays(1), security: 'confidential' })
      await putEvent(work, caseId, { startsAt: inDays(2), status: 'cancelled' })
      await putEvent(work, caseId, { startsAt: inDays(5), kind: 'Trial' })
    })
    expect((await list()).cases).toMatchObject([{ nextEvent: { startsAt: inDays(5), kind: 'Trial' } }])
  })

  it('says that nothing comes where the court stopped taking part (A5)', async () => {
    await subscribe('26BA-CV00001')
    await world.work((work) => work.tx.update(courts).set({ isTakingPart: false }))
    const { cases: [one] } = await list()
    expect(one?.untold).toBe(courtTakesNoPart(one?.court.name ?? ''))
  })

  it('reads 1,000 cases with as many queries as ten, and shows 50 a page', async () => {
    await subscribe('26BA-CV00000')
    const few = await watchQueries(() => list())
    await world.work(async ({ tx, now }) => {
      const [subscriber] = await tx.select().from(subscribers)
      for (let at = 0; at < 1_000; at += 100) {
        const made = await tx.insert(cases).values(Array.from({ length: 100 }, (_, index) => ({
          court: '13-BOONE', number: `26BA-CR${String(at + index).padStart(5, '0')}`, numberKey: `26BACR${at + index}`, caption: 'A v. B', caseType: 'CR',
          filedOn: '2026-01-02', status: 'open' as const, security: 'public' as const, recordedAt: now,
        }))).returning({ id: cases.id })
        await tx.insert(subscriptions).values(made.map(({ id }) => ({
          subscriberId: subscriber?.id ?? 0, caseId: id, emailState: 'active' as const, textState: 'none' as const, emailActiveAfter: 0, linkVersion: 1,
          eventTenDays: false, eventTwoDays: false, paymentTwoDays: false, createdAt: now, emailActiveAt: now,
        })))
      }
    })
    let page: MyCasesPage | undefined
    const many = await watchQueries(async () => { page = await list({ page: 2 }) })
    expect(page).toMatchObject({ total: 1_001, page: 2, pageCount: 21, counts: { all: 1_001 } })
    expect(page?.cases).toHaveLength(50)
    // SQLite is asked to prepare a text once only; Postgres gets every query.
    expect(many.length).toBeLessThanOrEqual(few.length)
    for (const plan of await explain(world, few)) expect(plan).not.toMatch(/(SCAN|Seq Scan on) "?(cases|subscriptions|docket_changes|docket_entries|scheduled_events)\b(?!.*USING)/)
  })
})

describe('what is chosen in My Cases (G2)', () => {
  it('keeps options, entries and a note, and counts an option from when it was chosen (F5)', async () => {
    const { id } = await subscribe('26BA-CV00001', {}, { eventTenDays: true, eventTenDaysAt: new Date('2026-01-01T00:00:00Z') })
    await mine().options({ ids: [id], options: { eventTenDays: true, eventTwoDays: true, paymentTwoDays: false }, entryChoice: 'decisions', note: ' <b>Sister’s\n case</b> ' })
    expect(await rowOf(id)).toMatchObject({
      eventTenDaysAt: new Date('2026-01-01T00:00:00Z'), eventTwoDaysAt: world.clock.now(), paymentTwoDaysAt: null, entryChoice: 'decisions', note: '<b>Sister’s case</b>',
    })
  })

  it('pauses until a day to come or until resumed, and resumes', async () => {
    const { id } = await subscribe('26BA-CV00001')
    await expect(mine().pause({ ids: [id], until: '2026-11-20' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await mine().pause({ ids: [id], until: '2026-12-01' })
    expect((await list()).cases).toMatchObject([{ state: { kind: 'paused', because: 'asked', until: '2026-12-01' } }])
    await mine().resume({ ids: [id] })
    expect(await rowOf(id)).toMatchObject({ emailState: 'active', pausedAt: null })
  })

  it('stops several by text only or altogether, and tracks stopped ones again at once with new links (E1)', async () => {
    const [one, two] = [await subscribe('26BA-CV00001'), await subscribe('26BA-CV00002')]
    expect(await mine().stop({ ids: [one.id], choice: 'textOnly' })).toEqual({ message: stopped.case.textOnly })
    expect(await rowOf(one.id)).toMatchObject({ emailState: 'active' })
    await mine().stop({ ids: [one.id, two.id], choice: 'emailAndText' })
    expect((await list()).counts).toMatchObject({ all: 0, stopped: 2 })
    await mine().resume({ ids: [one.id] })
    expect(await rowOf(one.id)).toMatchObject({ emailState: 'active', linkVersion: 2 })
    expect(await rowOf(two.id)).toMatchObject({ emailState: 'stopped' })
  })

  it('adds a case by number, and refuses what cannot be tracked with its sentence (A5)', async () => {
    await world.work((work) => putCase(work, { number: '26BA-CV00001' }))
    expect(await mine().track({ number: '26bacv00001', court: null })).toEqual({ message: nowTracking })
    expect(numbersOf(await list())).toEqual(['26BA-CV00001'])
    await expect(mine().track({ number: '26BA-CV99999', court: null })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await world.work(async (work) => {
      await putCourt(work, { code: 'X', name: 'Court X', isTakingPart: false })
      await putCase(work, { number: '26XX-CV00001', court: 'X' })
    })
    await expect(mine().track({ number: '26XX-CV00001', court: null })).rejects.toMatchObject({ message: courtTakesNoPart('Court X') })
    expect((await list()).total).toBe(1)
  })

  it('writes into the file what is named or found, stopped ones only when they are', async () => {
    const [one, stoppedOne] = [await subscribe('26BA-CV00001'), await subscribe('26BA-CV00002', {}, { emailState: 'stopped' })]
    const numbers = async (input: Parameters<ReturnType<typeof mine>['listAll']>[0]) => (await mine().listAll(input)).map(({ number }) => number)
    expect(await numbers({})).toEqual(['26BA-CV00001'])
    expect(await numbers({ ids: [one.id, stoppedOne.id] })).toEqual(['26BA-CV00001', '26BA-CV00002'])
    expect(await numbers({ query: myCasesQuery.parse({ filter: 'stopped' }) })).toEqual(['26BA-CV00002'])
  })

  it('S15: is not there for somebody else, and nothing changes, one’s own case beside it included', async () => {
    const own = await subscribe('26BA-CV00001')
    const others = await subscribe('26BA-CV00002', { of: 'lee@example.com' })
    const ids = [own.id, others.id]
    const before = await world.rows('select * from subscriptions order by id')
    const options = { eventTenDays: true, eventTwoDays: true, paymentTwoDays: true }
    const asked: Readonly<Record<string, () => Promise<unknown>>> = {
      one: () => mine().one({ id: others.id }),
      listAll: () => mine().listAll({ ids }),
      options: () => mine().options({ ids, options, note: 'x', entryChoice: 'decisions' }),
      pause: () => mine().pause({ ids, until: null }),
      resume: () => mine().resume({ ids }),
      stop: () => mine().stop({ ids, choice: 'emailAndText' }),
    }
    for (const [name, ask] of Object.entries(asked)) await expect(ask(), name).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found.' })
    expect(await world.rows('select * from subscriptions order by id')).toEqual(before)
    expect(numbersOf(await list())).toEqual(['26BA-CV00001'])
  })

  it('is listed with what its newest entry says, and without what stands in sealed ones (A9)', async () => {
    const { caseId } = await subscribe('26BA-CV00001')
    await world.work((work) => putEntry(work, caseId, { description: 'Hearing continued' }))
    expect((await list()).cases).toMatchObject([{ lastEntry: 'Hearing continued' }])
    world.clock.passMinutes(1)
    await world.work((work) => putEntry(work, caseId, { security: 'confidential', description: 'canary' }))
    expect(await world.reading().tx.$count(docketEntries)).toBe(2)
    expect((await list()).cases).toMatchObject([{ lastEntry: null }])
    expect(JSON.stringify([await list(), await mine().listAll({})])).not.toContain('canary')
  })
})
