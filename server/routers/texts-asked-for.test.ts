import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxMessages, phones, trackingRequests } from '../../db/schema.ts'
import { fieldErrors, nowTracking, nowTrackingByText, reportSent, stopped, textBeingSent, textVerificationSent, verificationSent } from '../contract/wording.ts'
import type { CourtProfile } from '../profile/schema.ts'
import { Refusal } from '../contract/refusals.ts'
import { aContext, callerIn, openCaptcha, testLinkKeys as keys } from '../testing/a-context.ts'
import { putCase } from '../testing/put-case.ts'
import { trackByText } from '../testing/text-subscriber.ts'
import { openWorld, type World } from '../testing/world.ts'
import { signLink } from '../domain/links/link-token.ts'

const number = '26BA-CV00077'
let world: World

beforeEach(async () => {
  world = await openWorld()
  await world.work((work) => putCase(work, { number }))
})
afterEach(() => world.close())

/** The procedures where texts leave this way. The captcha is always passed. */
const callerOf = ({ needsCarrier = false, texts = 'on' }: { needsCarrier?: boolean; texts?: CourtProfile['policy']['texts'] } = {}) => callerIn(aContext(world, {
  site: { ...world.site, texts: { takesReplies: false, needsCarrier }, profile: { ...world.profile, policy: { ...world.profile.policy, texts } } },
  captcha: openCaptcha,
}))

const asked = (form: object = {}) => ({
  number, captcha: 'x',
  form: {
    email: 'pat@example.com', confirmEmail: 'pat@example.com', wantsText: true, phone: '(573) 555-0123', carrier: '',
    eventTenDays: false, eventTwoDays: false, paymentTwoDays: false, ...form,
  },
})
const fieldsOf = async (failing: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await failing.then(() => 'nothing', (reason: unknown) => reason)
  return error instanceof Error && error.cause instanceof Refusal ? { ...error.cause.fields } : error
}

describe('the form with texts (B1, B2)', () => {
  it('answers in both exact sentences, alike whatever is known', async () => {
    const { tracking } = callerOf()
    const answer = { message: verificationSent, textMessage: textVerificationSent, email: 'pat@example.com' }
    expect(await tracking.request(asked())).toEqual(answer)
    await trackByText(world, 'other@example.com', number, '+13145550199')
    expect(await tracking.request(asked({ email: 'other@example.com', confirmEmail: 'other@example.com', phone: '314-555-0199' })))
      .toEqual({ ...answer, email: 'other@example.com' })
    expect(await world.reading().tx.select().from(trackingRequests).orderBy(asc(trackingRequests.id))).toMatchObject([{ phone: '+15735550123', carrier: null }, {}])
  })

  it('needs a carrier only where texts leave through its gateway, and one that can be chosen', async () => {
    const { tracking } = callerOf({ needsCarrier: true })
    expect(await fieldsOf(tracking.request(asked()))).toEqual({ carrier: fieldErrors.carrierMissing })
    const { texts } = await tracking.settings()
    const [gone, here] = [texts?.carriers.find((one) => !one.isAvailable), texts?.carriers.find((one) => one.isAvailable)]
    expect(gone?.remark).toBeTruthy()
    expect(await fieldsOf(tracking.request(asked({ carrier: gone?.code })))).toEqual({ carrier: fieldErrors.carrierMissing })
    expect(await fieldsOf(tracking.request(asked({ carrier: 'nobody' })))).toEqual({ carrier: fieldErrors.carrierMissing })
    expect(await tracking.request(asked({ carrier: here?.code }))).toMatchObject({ textMessage: textVerificationSent })
    expect(await callerOf().tracking.request(asked({ carrier: gone?.code }))).toMatchObject({ textMessage: textVerificationSent })
  })

  it('refuses what is no phone number, and minds none for a report', async () => {
    const { tracking } = callerOf({ needsCarrier: true })
    for (const phone of ['000-000-0000', '573-555', '888-555-0123', '+44 7911 123456']) {
      expect(await fieldsOf(tracking.request(asked({ phone, carrier: 'uscellular' })))).toEqual({ phone: fieldErrors.phoneFormat })
    }
    expect(await fieldsOf(tracking.request(asked({ phone: '', carrier: 'uscellular' })))).toEqual({ phone: fieldErrors.phoneMissing })
    expect(await tracking.requestReport(asked({ phone: '1', carrier: 'nobody' }))).toEqual({ message: reportSent, email: 'pat@example.com' })
  })

  it('knows of no texts where the court sends none, and ignores what is sent of them (I3)', async () => {
    const { tracking } = callerOf({ texts: 'off', needsCarrier: true })
    expect((await tracking.settings()).texts).toBeNull()
    expect(await tracking.request(asked({ phone: 'not one', carrier: 'nobody' }))).toEqual({ message: verificationSent, textMessage: null, email: 'pat@example.com' })
    expect(await world.reading().tx.$count(phones)).toBe(0)
    expect(await world.reading().tx.select().from(trackingRequests)).toMatchObject([{ phone: null }])
  })
})

describe('links of texts', () => {
  it('confirm and stop in the exact words, again with the same', async () => {
    const { links, tracking } = callerOf()
    await tracking.request(asked())
    const confirm = signLink(keys, 'confirm', { id: 1, version: 1 })
    const confirmText = signLink(keys, 'confirmText', { id: 1, version: 1 })
    expect(await links.describe({ token: confirm, purpose: 'confirm' })).toMatchObject({ requests: [{ caseNumber: number, phoneEnding: '0123' }] })
    for (let time = 0; time < 2; time++) expect(await links.confirm({ token: confirm })).toEqual({ message: nowTracking, textMessage: textBeingSent })
    for (let time = 0; time < 2; time++) expect(await links.confirm({ token: confirmText })).toEqual({ message: nowTrackingByText, textMessage: null })
    expect(await links.confirm({ token: confirm })).toEqual({ message: nowTracking, textMessage: null })
    for (const purpose of ['stopText', 'refuseText'] as const) {
      const token = signLink(keys, purpose, { id: 1, version: 1 })
      expect(await links.describe({ token, purpose: 'stop' })).toEqual({ kind: 'stop', caseNumber: number })
      // With texts already stopped, the link of a text stops no e-mail.
      for (const choice of ['textOnly', 'emailAndText'] as const) {
        expect(await links.stop({ token, scope: 'case', choice })).toEqual({ message: stopped.case.textOnly })
      }
      await expect(links.stop({ token, scope: 'all', choice: 'textOnly' })).rejects.toThrow('no longer works')
    }
    await expect(links.confirm({ token: confirmText })).rejects.toThrow('no longer works')
    expect(await world.reading().tx.$count(outboxMessages)).toBe(2)
  })
})
