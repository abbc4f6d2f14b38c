import { asc, eq } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxMessages, phones } from '../db/schema.ts'
import { createTwilioTexter } from './adapters/twilio-texter.ts'
import { deliverOutbox, type DeliveryDeps } from './delivery/deliver-outbox.ts'
import type { Text, Texter } from './ports.ts'
import { takeTextCall } from './text-webhook.ts'
import { oweTexts } from './testing/owe-texts.ts'
import { createKeptLog, createStubMailer } from './testing/stub-mailer.ts'
import { signatureOf, startTwilioStandIn, type AcceptedText, type TwilioStandIn } from './testing/twilio-stand-in.ts'
import { openWorld, type World } from './testing/world.ts'

const appUrl = 'http://localhost:3000'
const path = '/api/webhooks/text'

describe('calls of the text provider', () => {
  let world: World
  let provider: TwilioStandIn
  const log = createKeptLog()
  beforeEach(async () => {
    world = await openWorld()
    provider = await startTwilioStandIn()
  })
  afterEach(async () => {
    await provider.close()
    await world.close()
  })

  const env = () => ({
    appUrl,
    texts: { transport: 'twilio' as const, accountSid: provider.accountSid, authToken: provider.authToken, from: '+15735550100', baseUrl: provider.url },
  })
  const take = (call: { path: string; form: Readonly<Record<string, string>>; signature?: string }, as: Parameters<typeof takeTextCall>[0]['env'] = env()) =>
    takeTextCall({ env: as, site: world.site, workplace: world.workplace }, {
      path: call.path, body: new URLSearchParams(call.form).toString(), signature: call.signature ?? signatureOf(provider.authToken, appUrl + call.path, call.form),
    })
  const status = ({ sid, to, statusCallback }: AcceptedText, told: string, more: Readonly<Record<string, string>> = {}) =>
    take({ path: statusCallback.slice(appUrl.length), form: { MessageSid: sid, MessageStatus: told, To: to, From: '+15735550100', ...more } })
  const reply = (from: string, body: string, more: Readonly<Record<string, string>> = {}) =>
    take({ path, form: { MessageSid: `SM${Math.random()}`, From: from, To: '+15735550100', Body: body, ...more } })
  const texterOf = (): Texter => createTwilioTexter({ ...env().texts, statusUrl: (key) => `${appUrl}${path}?message=${key}` })
  const deps = (texter: Texter): DeliveryDeps =>
    ({ workplace: world.workplace, mailer: createStubMailer(), texter, profile: world.profile, linkKeys: ['k'.repeat(32)], log, workerName: 'test' })
  const states = async () => (await world.reading().tx.select({ state: outboxMessages.state }).from(outboxMessages).orderBy(asc(outboxMessages.id))).map(({ state }) => state)

  it('tell what became of a text, and what its phone answered, from sending to STOP', async () => {
    const { number, phoneId } = await world.work((work) => oweTexts(work, world.site, 2))
    await deliverOutbox(deps(texterOf()))
    expect(await states()).toEqual(['sent', 'sent'])
    const [first, second] = provider.accepted
    if (!first || !second) throw new Error('Nothing left.')
    expect(first.to).toBe(number)
    expect(first.body).toMatch(/^Missouri Courts Track This Case: Case 26BA-TEXTED-\d+: New entry: .* Reply STOP or stop: http/)
    for (const told of ['queued', 'sending', 'sent']) expect(await status(first, told)).toBe('taken')
    expect(await states()).toEqual(['sent', 'sent'])
    await status(first, 'delivered')
    await status(second, 'undelivered', { ErrorCode: '30003' })
    await status(first, 'sent')
    expect(await states()).toEqual(['delivered', 'bounced'])
    expect(await reply(number, 'Stop.')).toBe('taken')
    expect((await world.reading().tx.select().from(phones).where(eq(phones.id, phoneId)))[0]?.stoppedAt).toEqual(world.clock.now())
    await deliverOutbox(deps(texterOf()))
    expect(provider.accepted.at(-1)?.body).toContain('You will get no more texts at this number.')
    await reply(number, 'START', { OptOutType: 'START' })
    expect((await world.reading().tx.select().from(phones).where(eq(phones.id, phoneId)))[0]?.stoppedAt).toBeNull()
    expect(await states()).toEqual(['delivered', 'bounced', 'sent'])
  })

  it('may come before the answer to the request that they are about', async () => {
    await world.work((work) => oweTexts(work, world.site))
    const texter = texterOf()
    let told: Promise<unknown> = Promise.resolve()
    const slow: Texter = { ...texter, send: async (key: string, texts: readonly Text[]) => {
      const outcome = await texter.send(key, texts)
      const [accepted] = provider.accepted
      if (accepted) told = status(accepted, 'delivered')
      await sleep(300)
      return outcome
    } }
    expect(await deliverOutbox(deps(slow))).toMatchObject({ sent: 1 })
    await told
    expect(await states()).toEqual(['delivered'])
  })

  it('settle what was parked because the answer was lost', async () => {
    await world.work((work) => oweTexts(work, world.site))
    provider.change({ fail: () => 'dropAnswer' })
    await deliverOutbox(deps(texterOf()))
    expect(await states()).toEqual(['parked'])
    const [accepted] = provider.accepted
    if (accepted) await status(accepted, 'delivered')
    expect(await states()).toEqual(['delivered'])
  })

  it('are refused when they are not signed, and change nothing', async () => {
    const { number, phoneId } = await world.work((work) => oweTexts(work, world.site))
    const form = { MessageSid: 'SM1', From: number, Body: 'STOP' }
    const signature = signatureOf(provider.authToken, appUrl + path, form)
    for (const forged of [{ signature: '' }, { signature: 'undefined' }, { signature: signatureOf('other', appUrl + path, form) }, { signature, path: `${path}?message=m1` }, { signature, form: { ...form, Body: 'START' } }]) {
      expect(await take({ path, form, ...forged })).toBe('forged')
    }
    expect((await world.reading().tx.select().from(phones).where(eq(phones.id, phoneId)))[0]?.stoppedAt).toBeNull()
  })

  it('are not there where texts leave another way', async () => {
    const form = { MessageSid: 'SM1', From: '+15735550101', Body: 'STOP' }
    for (const transport of ['mailbox', 'gateway'] as const) expect(await take({ path, form }, { appUrl, texts: { transport } })).toBe('closed')
  })

  it('are taken where they say nothing to us', async () => {
    expect(await take({ path, form: {} })).toBe('taken')
    expect(await take({ path: `${path}?message=m99`, form: { MessageSid: 'SM1', MessageStatus: 'delivered', To: '+15735550101' } })).toBe('taken')
    expect(await reply('+15735550101', 'Hello?')).toBe('taken')
    expect(await states()).toEqual([])
  })

  it('leave no number and no word of a text in the log (H5)', () => {
    expect(log.lines.join('\n')).not.toMatch(/\+1573|26BA|Motion|STOP/)
  })
})
