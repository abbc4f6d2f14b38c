import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxMessages } from '../../db/schema.ts'
import { accountNeeded, serviceClosed } from '../contract/hours-wording.ts'
import type { CourtProfile } from '../profile/schema.ts'
import { Refusal } from '../contract/refusals.ts'
import { aContext, callerIn, openCaptcha, testLinkKeys as keys } from '../testing/a-context.ts'
import { putCase } from '../testing/put-case.ts'
import { track } from '../testing/visitor.ts'
import { openWorld, type World } from '../testing/world.ts'
import { signLink } from '../domain/links/link-token.ts'

const number = '26BA-CV00077'
let world: World

beforeEach(async () => {
  world = await openWorld('2026-11-20T12:00:00-06:00')
  await world.work((work) => putCase(work, { number }))
})
afterEach(() => world.close())

/** The procedures of a court whose profile says this otherwise. No captcha is ever reached. */
const callerOf = (otherwise: Partial<CourtProfile>) => callerIn(aContext(world, {
  site: { ...world.site, profile: { ...world.profile, ...otherwise } },
  captcha: openCaptcha,
}))

const input = {
  number, captcha: 'x',
  form: {
    email: 'pat@example.com', confirmEmail: 'pat@example.com', wantsText: false, phone: '', carrier: '',
    eventTenDays: false, eventTwoDays: false, paymentTwoDays: false,
  },
}
const refusalOf = async (asked: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await asked.then(() => 'nothing', (reason: unknown) => reason)
  return error instanceof Error && error.cause instanceof Refusal ? { code: error.cause.code, message: error.cause.message } : error
}

describe('service hours (I4)', () => {
  const serviceHours = { days: [1, 2, 3, 4, 5], open: '06:00', close: '01:00' }

  it('close search, cases, tracking and reports, with when they open', async () => {
    world.clock.set('2026-11-21T01:00:00-06:00')
    const { cases, tracking } = callerOf({ serviceHours })
    const refused = { code: 'serviceClosed', message: serviceClosed(new Date('2026-11-23T06:00:00-06:00'), 'America/Chicago') }
    const docket = { number, order: 'newest', filter: '', page: 1 } as const
    for (const asked of [
      () => cases.search({ q: number }), () => cases.byNumber({ number }), () => cases.docket(docket), () => cases.parties({ number }),
      () => cases.events({ number }), () => cases.payments({ number }), () => tracking.request(input), () => tracking.requestReport(input),
    ]) {
      expect(await refusalOf(asked())).toEqual(refused)
    }
    await expect(cases.byNumber({ number })).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(await world.reading().tx.$count(outboxMessages)).toBe(0)
  })

  it('leave courts, settings, and links in mail open', async () => {
    const { id } = await track(world, 'pat@example.com', number)
    world.clock.set('2026-11-21T03:00:00-06:00')
    const caller = callerOf({ serviceHours })
    await caller.cases.courts()
    await caller.tracking.settings()
    await caller.site.frame()
    await caller.links.confirm({ token: signLink(keys, 'confirm', { id: 1, version: 1 }) })
    await caller.links.describe({ token: signLink(keys, 'stop', { id, version: 1 }), purpose: 'stop' })
    await caller.links.stop({ token: signLink(keys, 'stop', { id, version: 1 }), scope: 'case', choice: 'emailAndText' })
    await caller.links.stop({ token: signLink(keys, 'stopAll', { id: 1, version: 1 }), scope: 'all', choice: 'emailAndText' })
  })

  it('refuse nothing within them', async () => {
    world.clock.set('2026-11-21T00:59:59-06:00')
    await callerOf({ serviceHours }).cases.byNumber({ number })
    await callerOf({ serviceHours }).tracking.request(input)
  })
})

describe('who may track (I3)', () => {
  it('is anyone, unless the court asks for an account: then nothing is sent', async () => {
    const { policy } = world.profile
    const { tracking } = callerOf({ policy: { ...policy, whoMayTrack: 'accounts' } })
    expect(await refusalOf(tracking.request(input))).toEqual({ code: 'notAllowed', message: accountNeeded })
    expect(await world.reading().tx.$count(outboxMessages)).toBe(0)
    // What was tracked before can still be listed, and so stopped.
    await tracking.requestReport(input)
    await callerOf({}).tracking.request(input)
    expect(await world.reading().tx.$count(outboxMessages)).toBe(2)
  })
})
