import { eq, inArray } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accounts, subscriptions } from '../../../db/schema.ts'
import { myCasesErrors, myCasesQuery, type MyCasesPage, type MyCasesQuery } from '../../contract/my-cases-view.ts'
import { aContext, callerIn } from '../../testing/a-context.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { putCase, putCourt, putEntry, putEvent } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { listMyCases } from './list-my-cases.ts'

const email = 'pat@example.com'
let world: World
let accountId: number

beforeEach(async () => {
  world = await openWorld()
  accountId = await putTestAccount(world, email)
})
afterEach(() => world.close())

const caller = () => callerIn(aContext(world, { accountId })).myCases
const list = (query: Partial<MyCasesQuery> = {}): Promise<MyCasesPage> => caller().list(myCasesQuery.parse(query))
const numbersOf = ({ cases }: MyCasesPage): string[] => cases.map(({ number }) => number)

type CaseFacts = Parameters<typeof putCase>[1]
type SubscriptionFacts = Parameters<typeof putSubscription>[2]

/** A case of that number that the account tracks; answers both ids. */
const putTracked = (facts: CaseFacts, how: Partial<SubscriptionFacts> = {}) => world.work(async (work) => {
  const caseId = await putCase(work, facts)
  return { caseId, id: await putSubscription(work, caseId, { email, ...how }) }
})
const enter = (caseId: number, facts: Parameters<typeof putEntry>[2] = {}) => world.work((work) => putEntry(work, caseId, facts))
const hold = (caseId: number, startsAt: string, facts: object = {}) => world.work((work) => putEvent(work, caseId, { startsAt: new Date(startsAt), ...facts }))
const rowOf = async (id: number) => {
  const [row] = await world.reading().tx.select().from(subscriptions).where(eq(subscriptions.id, id))
  if (!row) throw new Error('There is no such subscription.')
  return row
}
const refusal = async (failing: Promise<unknown>): Promise<string> => failing.then(() => 'taken', (error: unknown) => (error instanceof Error ? error.message : ''))

describe('the list of My Cases (G2)', () => {
  it('shows what stands in the record and what was chosen, and counts it', async () => {
    const { caseId, id } = await putTracked({ number: '26BA-CR01482', caption: 'State v. Jordan A. Reyes', caseType: 'CR' }, { note: 'Sister’s case', eventTenDays: true, phone: '+15735550123' })
    await enter(caseId)
    await hold(caseId, '2026-11-24T09:00:00-06:00')
    await hold(caseId, '2026-12-24T09:00:00-06:00')
    const page = await list()
    expect(page.cases).toEqual([{
      subscription: id, number: '26BA-CR01482', caption: 'State v. Jordan A. Reyes', caseTypeName: expect.any(String) as string, status: 'open',
      court: expect.objectContaining({ code: '13-BOONE' }) as object, address: '/cases/26BA-CR01482', lastActivityAt: new Date('2026-11-20T18:00:00Z'), lastEntry: 'Motion filed',
      nextEvent: { startsAt: new Date('2026-11-24T15:00:00Z'), kind: 'Hearing' }, note: 'Sister’s case', entryChoice: 'all',
      options: { eventTenDays: true, eventTwoDays: false, paymentTwoDays: false }, state: { kind: 'active' }, texts: 'on', phoneEnding: '0123', isNew: true, untold: null,
    }])
    expect(page.counts).toEqual({ all: 1, changed: 1, hearing: 1, paused: 0, closed: 0, stopped: 0, pending: 0, hearings: 1 })
  })

  it('names the court in the address where several have the number', async () => {
    await world.work((work) => putCase(work, { number: '26BA-CV00001', court: '21-STLOUIS' }))
    await putTracked({ number: '26BA-CV00001' })
    expect((await list()).cases[0]?.address).toBe('/cases/26BA-CV00001?court=13-BOONE')
  })

  it('filters, and shows stopped ones under their own filter only', async () => {
    const changed = await putTracked({ number: '26BA-CV00001' })
    const heard = await putTracked({ number: '26BA-CV00002' })
    const later = await putTracked({ number: '26BA-CV00003' })
    await putTracked({ number: '26BA-CV00004' }, { emailState: 'paused' })
    await putTracked({ number: '26BA-CV00005', status: 'closed' })
    const stopped = await putTracked({ number: '26BA-CV00006', status: 'closed' }, { emailState: 'stopped' })
    await putTracked({ number: '26BA-CV00007' }, { emailState: 'pending', emailActiveAfter: null })
    await enter(changed.caseId)
    await enter(stopped.caseId)
    await hold(heard.caseId, '2026-11-25T09:00:00-06:00')
    await hold(later.caseId, '2026-11-29T09:00:00-06:00')
    await hold(later.caseId, '2026-11-22T09:00:00-06:00', { status: 'cancelled' })
    await hold(later.caseId, '2026-11-19T09:00:00-06:00')
    const found = async (filter: MyCasesQuery['filter']) => numbersOf(await list({ filter, sort: 'number' })).map((number) => number.slice(-1)).join('')
    expect(await found('all')).toBe('123457')
    expect(await found('changed')).toBe('1')
    expect(await found('hearing')).toBe('2')
    expect(await found('paused')).toBe('4')
    expect(await found('closed')).toBe('5')
    expect(await found('stopped')).toBe('6')
    expect((await list()).counts).toEqual({ all: 6, changed: 1, hearing: 1, paused: 1, closed: 1, stopped: 1, pending: 1, hearings: 1 })
  })

  it('sorts by last activity, number, type, court and next event', async () => {
    const first = await putTracked({ number: '26BA-CV00003', caseType: 'PR', court: '13-BOONE' })
    const second = await putTracked({ number: '26BA-CV00001', caseType: 'CV', court: '21-STLOUIS' })
    await putTracked({ number: '26BA-CV00002', caseType: 'CR', court: '13-BOONE' })
    await enter(first.caseId)
    world.clock.passMinutes(5)
    await enter(second.caseId)
    await hold(first.caseId, '2026-12-01T09:00:00-06:00')
    await hold(second.caseId, '2026-12-02T09:00:00-06:00')
    const sorted = async (sort: MyCasesQuery['sort']) => numbersOf(await list({ sort })).map((number) => number.slice(-1)).join('')
    expect(await sorted('activity')).toBe('132')
    expect(await sorted('number')).toBe('123')
    expect(await sorted('next')).toBe('312')
    expect(await sorted('court')).toBe('231')
    const types = (await list({ sort: 'type' })).cases.map(({ caseTypeName }) => caseTypeName)
    expect(types).toEqual([...types].sort())
  })

  it('finds words of number, caption and note, whatever their capitals, accents and hyphens', async () => {
    await putTracked({ number: '26BA-CV00001', caption: 'Núñez v. Lowell' }, { note: 'Neighbor’s fence' })
    await putTracked({ number: '26BA-CV00002', caption: 'Harbor v. Brandt' })
    for (const q of ['nunez', 'LOWELL nunez', 'fence', '26bacv00001', 'CV00001']) expect(numbersOf(await list({ q })), q).toEqual(['26BA-CV00001'])
    expect(numbersOf(await list({ q: 'nobody' }))).toEqual([])
  })

  it('pages 1,000 cases by fifty with as many looks as one case needs', async () => {
    const looks = async (): Promise<number> => {
      let count = 0
      const reading = world.workplace.reading()
      const tx = new Proxy(reading.tx, {
        get: (target, name, receiver) => {
          if (String(name).startsWith('select')) count += 1
          return Reflect.get(target, name, receiver) as unknown
        },
      })
      const [account] = await reading.tx.select().from(accounts)
      await listMyCases({ ...reading, tx }, world.profile, { id: accountId, subscriberId: account?.subscriberId ?? 0 }, myCasesQuery.parse({}))
      return count
    }
    await putTracked({ number: '26BA-CV09999' })
    const forOne = await looks()
    await world.work(async (work) => {
      for (let at = 1; at < 1_000; at++) await putSubscription(work, await putCase(work, { number: `26BA-CV${String(at).padStart(5, '0')}` }), { email })
    })
    expect(await looks()).toBe(forOne)
    const last = await list({ sort: 'number', page: 20 })
    expect([last.total, last.pageCount, last.cases.length, last.cases.at(-1)?.number]).toEqual([1_000, 20, 50, '26BA-CV09999'])
    expect((await list({ page: 999 })).page).toBe(20)
  }, 60_000)
})

describe('what is new in My Cases (G2)', () => {
  it('is what came after the case was tracked and after the last look; what was seen stays marked for the visit', async () => {
    const old = await world.work(async (work) => {
      const caseId = await putCase(work, { number: '26BA-CV00001' })
      await putEntry(work, caseId)
      return caseId
    })
    await world.work((work) => putSubscription(work, old, { email }))
    expect((await list()).counts.changed).toBe(0)
    await enter(old)
    const page = await list()
    expect(page.counts.changed).toBe(1)
    await caller().seen({ through: page.seenThrough })
    expect((await list()).counts.changed).toBe(0)
    expect((await list({ since: page.since })).counts.changed).toBe(1)
    await enter(old)
    await caller().seen({ through: page.seenThrough })
    expect((await list()).counts.changed).toBe(1)
  })

  it('is never seen before it came, nor unseen again', async () => {
    const { caseId } = await putTracked({ number: '26BA-CV00001' })
    await caller().seen({ through: 1_000_000 })
    await enter(caseId)
    expect((await list()).counts.changed).toBe(1)
    await caller().seen({ through: (await list()).seenThrough })
    await caller().seen({ through: 0 })
    expect((await list()).counts.changed).toBe(0)
  })

  it('is nothing quiet and nothing sealed', async () => {
    const { caseId } = await putTracked({ number: '26BA-CV00001' })
    await enter(caseId, { isQuiet: true })
    await enter(caseId, { security: 'confidential' })
    await hold(caseId, '2026-11-24T09:00:00-06:00', { security: 'confidential' })
    const { cases, counts } = await list()
    expect([counts.changed, counts.hearings, cases[0]?.nextEvent]).toEqual([0, 0, null])
  })
})

describe('a case of My Cases that is not public (A6)', () => {
  it('is in no list, count or export, and cannot be changed', async () => {
    const { id } = await putTracked({ number: '26CANARY-CR00001', caption: 'State v. Canary', security: 'confidential' })
    const page = await list()
    expect([page.cases, page.counts.all, await caller().listAll()]).toEqual([[], 0, []])
    expect(await refusal(caller().one({ id }))).toBe('Not found.')
    expect(await refusal(caller().stop({ ids: [id], choice: 'emailAndText' }))).toBe('Not found.')
    expect(await refusal(caller().track({ number: '26CANARY-CR00001', court: null }))).toBe(await refusal(caller().track({ number: '26ABSENT-CR00001', court: null })))
  })
})

describe('changing cases of My Cases (G2)', () => {
  it('refuses somebody else\'s and changes nothing then, of its own neither', async () => {
    const own = await putTracked({ number: '26BA-CV00001' })
    const others = await world.work((work) => putSubscription(work, own.caseId, { email: 'lee@example.com' }))
    const before = [await rowOf(own.id), await rowOf(others)]
    const ids = [own.id, others]
    const options = { eventTenDays: true, eventTwoDays: true, paymentTwoDays: true }
    const acts = [
      () => caller().options({ ids, options, note: 'mine', entryChoice: 'decisions' }), () => caller().pause({ ids, until: null }),
      () => caller().resume({ ids }), () => caller().stop({ ids, choice: 'emailAndText' }), () => caller().stop({ ids, choice: 'textOnly' }),
      () => caller().one({ id: others }),
    ]
    for (const act of acts) expect(await refusal(act())).toBe('Not found.')
    expect([await rowOf(own.id), await rowOf(others)]).toEqual(before)
  })

  it('lets a new option count from now and an old one from when it was chosen', async () => {
    const since = new Date('2026-11-01T00:00:00Z')
    const { id } = await putTracked({ number: '26BA-CV00001' }, { eventTenDays: true, eventTenDaysAt: since, paymentTwoDays: true, paymentTwoDaysAt: since })
    await caller().options({ ids: [id], options: { eventTenDays: true, eventTwoDays: true, paymentTwoDays: false }, entryChoice: 'decisions', note: ' Aunt\u0007’s\ncase ' })
    expect(await rowOf(id)).toMatchObject({
      eventTenDaysAt: since, eventTwoDaysAt: new Date('2026-11-20T18:00:00Z'), paymentTwoDaysAt: null, entryChoice: 'decisions', note: 'Aunt ’s case',
    })
  })

  it('pauses until a day, gives a pause another end, and resumes', async () => {
    const { id } = await putTracked({ number: '26BA-CV00001' })
    expect((await caller().pause({ ids: [id], until: '2026-12-01' })).message).toContain('The case is paused: no e-mail comes until the evening of December 1, 2026.')
    expect((await list()).cases[0]?.state).toEqual({ kind: 'paused', because: 'asked', until: '2026-12-01' })
    await caller().pause({ ids: [id], until: null })
    expect((await list()).cases[0]?.state).toEqual({ kind: 'paused', because: 'asked', until: null })
    for (const until of ['2026-11-20', '2028-01-01']) expect(await refusal(caller().pause({ ids: [id], until }))).toBe(myCasesErrors.untilWrong)
    await caller().resume({ ids: [id] })
    expect((await list()).cases[0]?.state).toEqual({ kind: 'active' })
  })

  it('pauses what waits since mail came back for the time being, says how many it paused, and leaves the rest as it is', async () => {
    const waits = await putTracked({ number: '26BA-CV00001' }, { emailState: 'paused', pausedBecause: 'delivery', pausedUntil: '2026-11-21' })
    const stopped = await putTracked({ number: '26BA-CV00002' }, { emailState: 'stopped' })
    const bounced = await putTracked({ number: '26BA-CV00003' }, { emailState: 'paused', pausedBecause: 'delivery' })
    expect((await caller().pause({ ids: [stopped.id, bounced.id], until: null })).message).toBe('Nothing was paused: no e-mail comes now for what you chose.')
    expect((await caller().pause({ ids: [waits.id, stopped.id], until: '2026-12-20' })).message).toBe(
      '1 case is paused: no e-mail comes until the evening of December 20, 2026. The first one after it tells in short what was missed. For the other one no e-mail comes now: nothing was changed there.',
    )
    expect(await rowOf(waits.id)).toMatchObject({ emailState: 'paused', pausedBecause: 'asked', pausedUntil: '2026-12-20' })
    expect((await rowOf(stopped.id)).emailState).toBe('stopped')
    expect(await rowOf(bounced.id)).toMatchObject({ pausedBecause: 'delivery', pausedUntil: null })
  })

  it('stops several, by text only or wholly, and tracks a stopped one again at once with its options', async () => {
    const one = await putTracked({ number: '26BA-CV00001' }, { phone: '+15735550123', eventTwoDays: true })
    const two = await putTracked({ number: '26BA-CV00002' })
    const ids = [one.id, two.id]
    await caller().stop({ ids, choice: 'textOnly' })
    expect(await rowOf(one.id)).toMatchObject({ emailState: 'active', textState: 'stopped' })
    expect(await caller().stop({ ids, choice: 'emailAndText' })).toEqual({ message: 'You are no longer tracking these 2 cases.' })
    expect((await list()).counts).toMatchObject({ all: 0, stopped: 2 })
    const { changeId } = await enter(one.caseId)
    await caller().resume({ ids: [one.id] })
    expect(await rowOf(one.id)).toMatchObject({ emailState: 'active', emailActiveAfter: changeId, eventTwoDays: true, linkVersion: 2, stoppedAt: null })
    expect((await rowOf(two.id)).emailState).toBe('stopped')
  })

  it('does not resume what takes no part any more, and says why (A5)', async () => {
    await world.work((work) => putCourt(work, { code: 'OUT', name: 'Outer Court', isTakingPart: false }))
    const { id } = await putTracked({ number: '26BA-CV00001', court: 'OUT' }, { emailState: 'paused' })
    const { untold } = (await list()).cases[0] ?? {}
    expect(untold).toContain('Outer Court')
    expect(await refusal(caller().resume({ ids: [id] }))).toBe(untold)
    expect(await refusal(caller().track({ number: '26BA-CV00001', court: null }))).toBe(untold)
  })

  it('takes no more than 1,000 at once', async () => {
    expect(await refusal(caller().resume({ ids: Array.from({ length: 1_001 }, (_, at) => at + 1) }))).not.toBe('Not found.')
  })
})

describe('adding a case by number (G2)', () => {
  it('tracks it at once, shows it, and leaves what is tracked already as it is', async () => {
    await world.work((work) => putCase(work, { number: '26BA-CV00001' }))
    expect(await caller().track({ number: '26bacv00001', court: null })).toEqual({ message: 'You are now tracking this case.' })
    const [one] = (await list()).cases
    expect(one?.state).toEqual({ kind: 'active' })
    await caller().options({ ids: [one?.subscription ?? 0], options: { eventTenDays: true, eventTwoDays: false, paymentTwoDays: false } })
    await caller().track({ number: '26BA-CV00001', court: null })
    expect((await list()).cases[0]?.options.eventTenDays).toBe(true)
  })

  it('says at the field what is wrong with the number', async () => {
    await world.work(async (work) => {
      await putCase(work, { number: '26BA-CV00001' })
      await putCase(work, { number: '26BA-CV00001', court: '21-STLOUIS' })
    })
    expect(await refusal(caller().track({ number: ' ', court: null }))).toBe(myCasesErrors.numberMissing)
    expect(await refusal(caller().track({ number: '26XX', court: null }))).toBe(myCasesErrors.notFound)
    expect(await refusal(caller().track({ number: '26BA-CV00001', court: 'Nowhere' }))).toBe(myCasesErrors.courtUnknown)
    expect(await refusal(caller().track({ number: '26BA-CV00001', court: null }))).toContain('26BA-CV00001, 13-BOONE')
    await caller().track({ number: '26BA-CV00001', court: '13-BOONE' })
    const ids = (await list()).cases.map(({ subscription }) => subscription)
    expect(await world.reading().tx.$count(subscriptions, inArray(subscriptions.id, ids))).toBe(1)
  })
})
