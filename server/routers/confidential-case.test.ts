import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxMessages, reportRequests, trackingRequests } from '../../db/schema.ts'
import type { FeedRecord } from '../contract/records.ts'
import { Refusal } from '../contract/refusals.ts'
import { listCalendarHearings } from '../domain/calendar/list-calendar-hearings.ts'
import { readCaseFeed, readDocketFeed } from '../domain/cases/docket-feeds.ts'
import { signLink } from '../domain/links/link-token.ts'
import { requestReport } from '../domain/tracking/tracking-report.ts'
import { runEvening } from '../evening/run-evening.ts'
import { aContext, callerIn, testLinkKeys as keys } from '../testing/a-context.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { takeAll } from '../testing/take-all.ts'
import { track } from '../testing/visitor.ts'
import { report } from '../testing/torture/scale.ts'
import { openWorld, type World } from '../testing/world.ts'
import { appRouter } from './app-router.ts'

// Each field of a case that is not public holds a word of its own: none may come out of any procedure (A6).

const number = '26CANARY-CR00001'
const former = '25CANARY-CR00009'
const court = '13-BOONE'
const canary = /canary|26CANARYCR/i
const secretCase = (security: 'public' | 'confidential'): FeedRecord[] => [
  {
    type: 'case', number, court, caption: 'State v. Captioncanary', caseType: 'CR', filedOn: '2026-08-14', judge: 'Judgecanary', security,
    formerNumber: former, parties: [{ name: 'Partycanary, Ida', role: 'Rolecanary', attorney: 'Attorneycanary' }],
  },
  { type: 'docketEntry', case: number, court, id: 'e-1', filedAt: '2026-11-20', code: 'CANARY', description: 'Entrycanary', text: 'Textcanary' },
  { type: 'event', case: number, court, id: 'h-1', startsAt: '2026-12-11T09:00:00-06:00', kind: 'Kindcanary', place: 'Placecanary', judge: 'Judgecanary' },
  { type: 'payment', case: number, court, plan: 'Plancanary', person: 'Personcanary', dueOn: '2026-12-10', amountDueCents: 1, pastDueCents: 0 },
]
const email = 'pat@example.com'

let world: World
let accountId: number
beforeEach(async () => {
  world = await openWorld()
  accountId = await putTestAccount(world, 'lee@example.com')
})
afterEach(() => world.close())

function caller() {
  return callerIn(aContext(world))
}
const form = {
  email, confirmEmail: email, wantsText: false, phone: '', carrier: '', eventTenDays: false, eventTwoDays: false, paymentTwoDays: false,
}

/** Everything that says something about a case of that number, with every way to write it. */
const asked = (named: string): Record<string, () => Promise<unknown>> => {
  const { cases, tracking } = caller()
  const { tracking: loggedIn, myCases } = callerIn(aContext(world, { accountId }))
  const options = { eventTenDays: false, eventTwoDays: false, paymentTwoDays: false }
  const lineOf = (name: { number: string; court?: string }) => [{ number: name.number, court: name.court ?? null }]
  const ways = [{ number: named }, { number: named, court }, { number: named.toLowerCase().replace('-', ' ') }]
  const each = (call: (name: { number: string; court?: string }) => Promise<unknown>) => () => Promise.all(ways.map((way) => told(call(way))))
  return {
    'cases.byNumber': each((name) => cases.byNumber({ ...name, newest: 10 })),
    'cases.docket': each((name) => cases.docket({ ...name, order: 'newest', filter: '', page: 1 })),
    'cases.parties': each((name) => cases.parties(name)),
    'cases.events': each((name) => cases.events(name)),
    'cases.payments': each((name) => cases.payments(name)),
    'cases.search': () => Promise.all([named, named.slice(0, 6), 'Captioncanary', 'Partycanary', 'Judgecanary', ''].map((q) => cases.search({ q, court }))),
    'tracking.request': each((name) => tracking.request({ ...name, form, captcha: '' })),
    'tracking.trackAsAccount': each((name) => loggedIn.trackAsAccount({ ...name, form, captcha: '' })),
    'tracking.reportAsAccount': each((name) => loggedIn.reportAsAccount({ ...name, form, captcha: '' })),
    'myCases.mailWait': each((name) => myCases.mailWait({ number: name.number, court: name.court ?? court })),
    'myCases.several.look': each((name) => myCases.several.look({ lines: lineOf(name) })),
    'myCases.several.track': each((name) => myCases.several.track({ lines: lineOf(name), options })),
    'myCases.track': each((name) => myCases.track({ number: name.number, court: name.court ?? null })),
    'tracking.requestReport': each((name) => tracking.requestReport({ ...name, form, captcha: '' })),
  }
}
// What these say is of no case, or is looked at below.
const aboutNoCase = [
  'links.stopWatch', 'myCases.searches.list', 'myCases.searches.save', 'myCases.searches.rename', 'myCases.searches.delete', 'myCases.searches.watch',
  'myCases.searches.stopWatching',
  'account.noticeChoices', 'account.chooseNotices', 'account.requestMending',
  // By a subscription of one's own; its own test looks.
  'myCases.preview.entries',
  'cases.courts', 'tracking.settings', 'site.frame', 'site.rules', 'site.announcements', 'site.outages', 'mailbox.holdEvening', 'mailbox.reply',
  'account.me', 'account.register', 'account.logIn', 'account.logOut', 'account.requestReset', 'account.resetPassword',
  'operator.overview', 'operator.troubles', 'operator.outages', 'operator.retry', 'operator.releaseEvening', 'operator.redriveJobs', 'operator.liftSuppression',
  'operator.announceOutage', 'operator.endOutage', 'operator.grantRegistered', 'operator.addOperator',
  'account.secondFactor', 'account.proposeSecondFactor', 'account.confirmSecondFactor', 'account.giveSecondFactor',
  'account.page', 'account.changeAddress', 'account.changePassword', 'account.endSession', 'account.endOtherSessions', 'account.editDetails', 'account.delete',
  'myCases.feeds.show', 'myCases.feeds.make', 'myCases.feeds.revoke', 'myCases.seen',
]
const lookedAtBelow = [
  'tracking.report', 'links.describe', 'links.confirm', 'links.stop', 'mailbox.list', 'mailbox.byId', 'mailbox.addEntry', 'account.data',
  'myCases.sent.list', 'myCases.sent.byId', 'myCases.sent.why', 'myCases.sent.explained',
  'myCases.list', 'myCases.listAll', 'myCases.one', 'myCases.options', 'myCases.pause', 'myCases.resume', 'myCases.stop',
]

async function told(answer: Promise<unknown>): Promise<unknown> {
  return answer.catch((error: unknown) => (error instanceof Error && error.cause instanceof Refusal
    ? { message: error.message, code: error.cause.code, fields: error.cause.fields }
    : String(error)))
}

describe('S13: a confidential case (A6)', () => {
  it('is answered, by every procedure and however it is named, as one that does not exist', async () => {
    await takeAll(world, secretCase('confidential'))
    const answers: (readonly [name: string, answer: unknown, absent: unknown])[] = []
    for (const [name, ask] of Object.entries(asked(number))) answers.push([name, await told(ask()), await told(asked('26ABSENT-CR00001')[name]?.() ?? Promise.resolve())])
    const sightings = answers.filter(([, answer, absent]) => canary.test(JSON.stringify(answer)) || JSON.stringify(answer) !== JSON.stringify(absent))
    report('S13', `${sightings.length} sightings in ${answers.length} procedures that name a case`, sightings.length === 0)
    for (const [name, answer, absent] of answers) {
      expect(answer, name).toEqual(absent)
      expect(JSON.stringify(answer), name).not.toMatch(canary)
    }
    for (const [name, ask] of Object.entries(asked(former))) expect(JSON.stringify(await told(ask())), name).not.toMatch(canary)
  })

  it('is looked for in every procedure that there is', () => {
    expect([...Object.keys(asked(number)), ...aboutNoCase, ...lookedAtBelow].sort()).toEqual(Object.keys(appRouter._def.procedures).sort())
  })

  it('would be found by these tests if it were public', async () => {
    await takeAll(world, secretCase('public'))
    for (const name of ['cases.byNumber', 'cases.docket', 'cases.parties', 'cases.events', 'cases.payments', 'cases.search']) {
      expect(JSON.stringify(await told(asked(number)[name]?.() ?? Promise.resolve())), name).toMatch(canary)
    }
    expect(JSON.stringify(await caller().cases.byNumber({ number: former, newest: 10 }))).toMatch(canary)
  })

  it('is named by no link and no report of those who tracked it before', async () => {
    await takeAll(world, secretCase('public'))
    const { id } = await track(world, email, number)
    await world.work((work) => requestReport(work, world.site, email))
    await takeAll(world, secretCase('confidential'))
    const { tx } = world.reading()
    const [asking] = await tx.select().from(reportRequests)
    const [request] = await tx.select().from(trackingRequests)
    const { links, mailbox, tracking } = caller()
    const { account: own, myCases } = callerIn(aContext(world, { accountId: await putTestAccount(world, email) }))
    const confirm = signLink(keys, 'confirm', { id: request?.id ?? 0, version: 1 })
    const stop = signLink(keys, 'stop', { id, version: 1 })
    const answers = [
      () => tracking.report({ token: signLink(keys, 'report', { id: asking?.id ?? 0, version: 1 }) }),
      () => links.describe({ token: confirm, purpose: 'confirm' }), () => links.confirm({ token: confirm }),
      () => links.describe({ token: stop, purpose: 'stop' }), () => mailbox.addEntry(), () => mailbox.list(),
      () => links.stop({ token: stop, scope: 'case', choice: 'emailAndText' }), () => own.data(),
      () => myCases.list({}), () => myCases.list({ filter: 'stopped' }), () => myCases.listAll(), () => myCases.one({ id }),
      () => myCases.options({ ids: [id], note: '' }), () => myCases.pause({ ids: [id], until: null }), () => myCases.resume({ ids: [id] }),
      () => myCases.stop({ ids: [id], choice: 'emailAndText' }),
    ]
    const said: string[] = []
    for (const answer of answers) said.push(JSON.stringify(await told(answer())))
    report('S13', `${said.filter((one) => canary.test(one)).length} sightings in ${said.length} answers to who tracked it`, !said.some((one) => canary.test(one)))
    for (const one of said) expect(one).not.toMatch(canary)
    expect((await myCases.list({})).counts).toMatchObject({ all: 0, stopped: 0 })
    expect(await links.describe({ token: stop, purpose: 'stop' })).toEqual({ kind: 'stop', caseNumber: null })
  })
})

describe('S13: a confidential case of an account', () => {
  it('is in nothing that it was sent, is told of it or reads as a feed', async () => {
    await takeAll(world, secretCase('public'))
    const owner = await putTestAccount(world, email)
    const { id, subscriberId } = await track(world, email, number)
    await takeAll(world, [{ type: 'docketEntry', case: number, court, id: 'e-2', filedAt: '2026-11-20', code: 'CANARY', description: 'Entrycanary', text: 'Textcanary' }])
    await runEvening(world.workplace, world.site, { mayBeFuture: true })
    const { sent } = callerIn(aContext(world, { accountId: owner })).myCases
    const messages = await world.reading().tx.select({ id: outboxMessages.id }).from(outboxMessages)
    const said = async () => JSON.stringify([
      await told(sent.list({ before: '' })), await Promise.all(messages.map((one) => told(sent.byId(one)))), await told(sent.why({ id })), await sent.explained(),
      await readCaseFeed(world.reading(), world.site, { subscriberId, address: world.site.origin }),
      await listCalendarHearings(world.reading(), world.site.origin, subscriberId),
      await told(readDocketFeed(world.reading(), world.site, { number })),
    ])
    expect(await said()).toMatch(canary)
    await takeAll(world, secretCase('confidential'))
    expect(await said()).not.toMatch(canary)
  })
})

describe('S13: a sealed entry and a sealed event of a public case (A9)', () => {
  const plain: FeedRecord[] = [
    { type: 'case', number: '26BA-CR00001', court, caption: 'Harbor v. Lowell' },
    { type: 'docketEntry', case: '26BA-CR00001', court, id: 'e-0', filedAt: '2026-11-19', description: 'Order' },
  ]
  const sealed: FeedRecord[] = [
    { type: 'docketEntry', case: '26BA-CR00001', court, id: 'e-1', filedAt: '2026-11-20', code: 'CANARY', description: 'Entrycanary', text: 'Textcanary', security: 'confidential' },
    {
      type: 'event', case: '26BA-CR00001', court, id: 'h-1', startsAt: '2026-12-01T09:00:00-06:00', kind: 'Kindcanary', place: 'Placecanary',
      security: 'confidential',
    },
  ]
  const page = async () => {
    const { cases } = caller()
    const name = { number: '26BA-CR00001' }
    return Promise.all([
      cases.byNumber({ ...name, newest: 10 }), cases.docket({ ...name, order: 'newest', filter: '', page: 1 }), cases.docket({ ...name, order: 'oldest', filter: 'canary', page: 1 }),
      cases.events(name), cases.search({ q: 'canary' }), cases.search({ q: '26BA-CR00001' }),
    ])
  }

  it('leave the case as it is without them: counts, next event, last activity, docket and its filter', async () => {
    await takeAll(world, plain)
    const without = await page()
    world.clock.passMinutes(5)
    await takeAll(world, sealed)
    expect(await page()).toEqual(without)
  })

  it('come in when they are unsealed and go when they are sealed again', async () => {
    await takeAll(world, plain)
    await takeAll(world, sealed.map((record) => ({ ...record, security: 'public' as const })))
    expect(JSON.stringify(await page())).toMatch(canary)
    await takeAll(world, sealed)
    const [shown, docket, filtered, events] = await page()
    expect(JSON.stringify([shown, docket, filtered, events])).not.toMatch(canary)
    expect(shown).toMatchObject({ case: { counts: { entries: 1, events: 0 }, nextEvent: null } })
    expect(filtered.total).toBe(0)
  })
})
