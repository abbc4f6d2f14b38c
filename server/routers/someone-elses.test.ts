import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountSessions, messageContents, outboxMessages, subscriptions } from '../../db/schema.ts'
import { caseSearch } from '../contract/case-search.ts'
import { fieldOf } from '../contract/field-of.ts'
import { saveSearch } from '../domain/watches/saved-searches.ts'
import { aContext, callerIn, openCaptcha } from '../testing/a-context.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { putCase } from '../testing/put-case.ts'
import { putSubscription } from '../testing/put-subscription.ts'
import { report } from '../testing/torture/scale.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { Access } from '../trpc.ts'
import { appRouter } from './app-router.ts'

// Somebody else's rows are not there for an account (S15). Lee owns one of everything; Pat, who is logged in, tries to get at it.

type Caller = ReturnType<typeof callerIn>

interface Owned {
  readonly sessionId: number
  readonly subscriptionId: number
  readonly messageId: number
  readonly searchId: number
}

/** One of everything that an account can have and name by its id. Whoever adds such a thing puts Lee's here. */
async function putOwned(world: World, accountId: number): Promise<Owned> {
  return world.work(async (work) => {
    const later = new Date(work.now.getTime() + 86_400_000)
    const [session] = await work.tx.insert(accountSessions)
      .values({ userId: accountId, token: 't', expiresAt: later, createdAt: work.now, updatedAt: work.now }).returning({ id: accountSessions.id })
    const subscriptionId = await putSubscription(work, await putCase(work, { number: '26BA-CV00001' }), { email: lee, phone: '+15735550123', note: 'Lee’s' })
    const [content] = await work.tx.insert(messageContents).values({ payload: { kind: 'notice', subject: 'Lee’s' }, createdAt: work.now }).returning({ id: messageContents.id })
    const [subscription] = await work.tx.select({ subscriberId: subscriptions.subscriberId }).from(subscriptions).where(eq(subscriptions.id, subscriptionId))
    const [message] = await work.tx.insert(outboxMessages).values({
      dedupeKey: 'notice/lee/1', kind: 'notice', state: 'sent', subscriberId: subscription?.subscriberId ?? 0, subscriptionId, contentId: content?.id ?? 0,
      createdAt: work.now, dueAt: work.now, attempts: 1,
    }).returning({ id: outboxMessages.id })
    const searchId = await saveSearch(work, { accountId, name: 'Lee’s', search: caseSearch.parse({ q: 'Lowell' }) })
    return { sessionId: session?.id ?? 0, subscriptionId, messageId: message?.id ?? 0, searchId }
  })
}

const allOptions = { eventTenDays: true, eventTwoDays: true, paymentTwoDays: true }

/** Procedures whose input names a row by its id or token: each with Lee's. One line a procedure. */
const naming: Readonly<Record<string, (caller: Caller, owned: Owned) => Promise<unknown>>> = {
  'account.endSession': ({ account }, { sessionId }) => account.endSession({ id: sessionId }),
  'myCases.preview.entries': ({ myCases }, { subscriptionId }) => myCases.preview.entries({ subscriptionId }),
  'myCases.sent.byId': ({ myCases }, { messageId }) => myCases.sent.byId({ id: messageId }),
  'myCases.sent.why': ({ myCases }, { subscriptionId }) => myCases.sent.why({ id: subscriptionId }),
  'myCases.searches.rename': ({ myCases }, { searchId: id }) => myCases.searches.rename({ id, name: 'Pat’s' }),
  'myCases.searches.delete': ({ myCases }, { searchId: id }) => myCases.searches.delete({ id }),
  'myCases.searches.watch': ({ myCases }, { searchId: id }) => myCases.searches.watch({ id }),
  'myCases.searches.stopWatching': ({ myCases }, { searchId: id }) => myCases.searches.stopWatching({ id }),
  'myCases.listAll': ({ myCases }, { subscriptionId }) => myCases.listAll({ ids: [subscriptionId] }),
  'myCases.one': ({ myCases }, { subscriptionId }) => myCases.one({ id: subscriptionId }),
  'myCases.options': ({ myCases }, { subscriptionId }) => myCases.options({ ids: [subscriptionId], options: allOptions, entryChoice: 'decisions', note: 'Pat’s' }),
  'myCases.pause': ({ myCases }, { subscriptionId }) => myCases.pause({ ids: [subscriptionId], until: null }),
  'myCases.resume': ({ myCases }, { subscriptionId }) => myCases.resume({ ids: [subscriptionId] }),
  'myCases.stop': ({ myCases }, { subscriptionId }) => myCases.stop({ ids: [subscriptionId], choice: 'emailAndText' }),
}

/** Procedures that act on the account of the session, or on public cases by their number, and on nothing that an input names. */
const namingNothing: readonly string[] = [
  'tracking.trackAsAccount', 'tracking.reportAsAccount',
  'account.page', 'account.data', 'account.changeAddress', 'account.changePassword', 'account.endOtherSessions', 'account.editDetails', 'account.delete',
  'account.noticeChoices', 'account.chooseNotices', 'account.requestMending',
  'myCases.sent.list', 'myCases.sent.explained', 'myCases.feeds.show', 'myCases.feeds.make', 'myCases.feeds.revoke',
  'myCases.searches.list', 'myCases.searches.save', 'myCases.several.look', 'myCases.several.track',
  'myCases.list', 'myCases.mailWait', 'myCases.seen', 'myCases.track',
]

/** Procedures of operators, for whom no row is somebody else's: for everybody else they are not there, whatever is given to them. */
const ofOperators: readonly string[] = [
  'operator.overview', 'operator.troubles', 'operator.outages', 'operator.retry', 'operator.releaseEvening', 'operator.redriveJobs', 'operator.liftSuppression',
  'operator.announceOutage', 'operator.endOutage', 'operator.grantRegistered', 'operator.addOperator',
]

/** What an operator reaches before the second factor; all of it is of the session's own account. */
const ofOperatorsByPassword: readonly string[] = [
  'account.secondFactor', 'account.proposeSecondFactor', 'account.confirmSecondFactor', 'account.giveSecondFactor',
]

const lee = 'lee@example.com'
let world: World
let owned: Owned
let pat: number
beforeEach(async () => {
  world = await openWorld()
  owned = await putOwned(world, await putTestAccount(world, lee))
  pat = await putTestAccount(world, 'pat@example.com')
})
afterEach(() => world.close())

const caller = (accountId = pat) => callerIn(aContext(world, { accountId, captcha: openCaptcha }))
const tables = [
  'accounts', 'account_sessions', 'account_credentials', 'account_requests', 'saved_searches', 'subscribers', 'subscriptions', 'phones', 'phone_verifications',
  'tracking_requests', 'report_requests', 'outbox_messages', 'message_contents', 'bundled_notices', 'outages', 'second_factors',
]
const everything = () => Promise.all(tables.map((table) => world.rows(`select * from ${table} order by 1`)))

const procedures = new Map<string, unknown>(Object.entries(appRouter._def.procedures))
const definitionOf = (name: string): unknown => {
  const procedure = procedures.get(name)
  return typeof procedure === 'function' && '_def' in procedure ? procedure._def : undefined
}
const namesOf = (access: Access): string[] => [...procedures.keys()].filter((name) => fieldOf(fieldOf(definitionOf(name), 'meta'), 'access') === access).sort()

/** The fields of a procedure's input. */
function fieldsOf(name: string): string[] {
  const inputs = fieldOf(definitionOf(name), 'inputs')
  return Array.isArray(inputs) ? inputs.flatMap((input) => Object.keys(fieldOf(input, 'shape') ?? {})) : []
}

const isCallable = (value: unknown): value is (input: object) => Promise<unknown> => typeof value === 'function'

describe("S15: somebody else's", () => {
  const silent = new Set<string>()
  afterAll(() => report('S15', `${silent.size} of ${Object.keys(naming).length} procedures answer 404 and change nothing`, silent.size === Object.keys(naming).length))

  it('is looked at in every procedure of accounts and operators', () => {
    expect([...Object.keys(naming), ...namingNothing].sort()).toEqual(namesOf('account'))
    expect([...ofOperators].sort()).toEqual(namesOf('operator'))
    expect([...ofOperatorsByPassword].sort()).toEqual(namesOf('operatorByPassword'))
  })

  it('is named by the input of no procedure that is not tried with it', () => {
    expect(namingNothing.filter((name) => fieldsOf(name).some((field) => /^(ids?|tokens?|secret)$|Ids?$/.test(field)))).toEqual([])
    // So would one that is.
    expect(fieldsOf('account.endSession')).toEqual(['id'])
  })

  for (const [name, ask] of Object.entries(naming)) {
    it(`is not there for ${name}, and nothing of it changes`, async () => {
      const before = await everything()
      await expect(ask(caller(), owned)).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found.' })
      expect(await everything()).toEqual(before)
      silent.add(name)
    })
  }

  it('is the same as what was never there', async () => {
    const nothing: Owned = { sessionId: 999_999, subscriptionId: 999_999, messageId: 999_999, searchId: 999_999 }
    for (const [name, ask] of Object.entries(naming)) await expect(ask(caller(), nothing), name).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found.' })
  })

  it('is not reached by fields that nobody asked for', async () => {
    const ofLee = async () => [await world.rows(`select * from accounts where email = '${lee}'`), await world.rows("select * from subscriptions where note <> ''"), await world.rows('select * from saved_searches where id = 1')]
    const before = await ofLee()
    const rank = () => world.rows('select id, is_operator, kind, email_verified, subscriber_id, has_atom from accounts order by id')
    const ranks = await rank()
    const wanted = {
      accountId: 1, account: { id: 1, isOperator: true }, userId: 1, subscriberId: 1, id: 1, ids: [1], subscriptionId: 1, searchId: 1, sessionId: 1, isOperator: true, kind: 'registered', emailVerified: true, isMailable: true, role: 'operator',
      name: 'Pat’s', mailingAddress: 'x', barNumber: 'x', email: 'eve@example.com', emailAddress: lee, password: 'seven quiet herons', newPassword: 'seven quiet herons', isBundled: true, isPrivate: true, feed: 'calendar', act: 'make',
      number: '26BA-CV00001', court: '13-BOONE', lines: [{ number: '26BA-CV00001', court: null, subscriberId: 1 }], options: { ...allOptions, subscriberId: 1 }, captcha: 'x', search: { q: 'Lowell', accountId: 1 }, before: '', through: 9,
      form: { email: lee, confirmEmail: lee, wantsText: false, phone: '', carrier: '', subscriberId: 1, ...allOptions },
    }
    const outcomes: string[] = []
    for (const name of namingNothing.filter((one) => one !== 'account.delete')) {
      const [first = '', ...rest] = name.split('.')
      const called: unknown = rest.reduce((part: unknown, next) => Reflect.get(Object(part), next), Reflect.get(Object(caller()), first))
      if (!isCallable(called)) throw new Error(`There is no ${name}.`)
      outcomes.push(await called(wanted).then((answer) => (/lee@|Lee’s/.test(JSON.stringify(answer)) ? `${name} answers of Lee’s` : ''), () => ''))
    }
    const [after, ranksAfter] = [await ofLee(), await rank()]
    const unmoved = JSON.stringify(after) === JSON.stringify(before)
    report('S15', `fields that nobody asked for in ${outcomes.length} procedures: ${unmoved ? 'nothing' : 'something'} of another’s changed`, unmoved && outcomes.every((one) => one === ''))
    expect(after).toEqual(before)
    expect(outcomes.filter((one) => one !== '')).toEqual([])
    // But for the calendar, which is Pat’s to make.
    expect(ranksAfter.map(({ is_operator: isOperator, kind, email_verified: verified, subscriber_id: of }) => [isOperator, kind, verified, of]))
      .toEqual(ranks.map(({ is_operator: isOperator, kind, email_verified: verified, subscriber_id: of }) => [isOperator, kind, verified, of]))
  })

  it('is named by nothing that another account is shown', async () => {
    expect(JSON.stringify([
      await caller().account.page(), await caller().account.data(), await caller().myCases.sent.list({ before: '' }), await caller().myCases.sent.explained(),
      await caller().myCases.searches.list(), await caller().myCases.list({}), await caller().myCases.listAll(),
    ])).not.toMatch(/lee@|Lee’s|50123|26BA/)
  })
})

describe('S15: an operator procedure', () => {
  it('is not there for an account that is none', async () => {
    const before = await everything()
    for (const name of [...ofOperators, ...ofOperatorsByPassword]) {
      const [part = '', procedure = ''] = name.split('.')
      const called: unknown = Reflect.get(Object(Reflect.get(caller(), part)), procedure)
      if (!isCallable(called)) throw new Error(`There is no ${name}.`)
      await expect(called({}), name).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found.' })
    }
    expect(await everything()).toEqual(before)
  })
})
