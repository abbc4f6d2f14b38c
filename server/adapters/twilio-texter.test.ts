import { afterEach, describe, expect, it } from 'vitest'
import { DeliveryError, type Text } from '../ports.ts'
import { startTwilioStandIn, type TwilioRules, type TwilioStandIn } from '../testing/twilio-stand-in.ts'
import { createTwilioTexter, type TwilioSettings } from './twilio-texter.ts'

const text = (facts: Partial<Text> = {}): Text => ({ messageKey: 'm7', to: '+15735550123', carrier: null, body: 'Court: 1+1 & more? Ünïcode', ...facts })

describe('texts through Twilio', () => {
  const closing: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  async function standIn(rules: TwilioRules = {}): Promise<TwilioStandIn> {
    const started = await startTwilioStandIn(rules)
    closing.push(() => started.close())
    return started
  }
  const texterOf = (provider: TwilioStandIn, facts: Partial<TwilioSettings> = {}) => createTwilioTexter({
    accountSid: provider.accountSid, authToken: provider.authToken, from: '+15735550100', baseUrl: provider.url,
    statusUrl: (messageKey) => `http://localhost:3000/api/webhooks/text?message=${messageKey}`, timeoutMs: 500, ...facts,
  })
  async function failureOf(sending: Promise<unknown>): Promise<DeliveryError> {
    try {
      await sending
    } catch (error) {
      if (error instanceof DeliveryError) return error
      throw error
    }
    throw new Error('It did not fail.')
  }

  it('hands over number, words and where to tell what became of it', async () => {
    const provider = await standIn()
    const outcome = await texterOf(provider).send('key', [text()])
    expect(provider.accepted).toMatchObject([{
      from: '+15735550100', to: '+15735550123', body: 'Court: 1+1 & more? Ünïcode',
      statusCallback: 'http://localhost:3000/api/webhooks/text?message=m7',
    }])
    expect(outcome).toEqual({ kind: 'answered', mails: [{ kind: 'sent', providerId: provider.accepted[0]?.sid }] })
  })

  it('sends from a messaging service where one is named', async () => {
    const provider = await standIn()
    const service = `MG${'a'.repeat(32)}`
    await texterOf(provider, { from: service }).send('key', [text()])
    expect(provider.accepted[0]?.from).toBe(service)
  })

  it('takes one at a time and remembers nothing', async () => {
    const provider = await standIn()
    const texter = texterOf(provider)
    expect(texter).toMatchObject({ paceName: 'text', batchLimit: 1, remembersForMs: 0 })
    await expect(texter.send('key', [text(), text()])).rejects.toThrow('one text at a time')
    await texter.send('key', [text()])
    await texter.send('key', [text()])
    expect(provider.accepted).toHaveLength(2)
  })

  for (const code of [21211, 21614, 21610, 21408, 21999]) {
    it(`gives a number up that is refused by ${code}, in words that do not hold it`, async () => {
      const provider = await standIn({ refusedBy: () => code })
      const outcome = await texterOf(provider).send('key', [text()])
      expect(outcome).toMatchObject({ kind: 'answered', mails: [{ kind: 'refused', isFinal: true }] })
      expect(JSON.stringify(outcome)).toContain(String(code))
      expect(JSON.stringify(outcome)).not.toMatch(/555/)
    })
  }

  it('waits as long as the provider asks', async () => {
    const provider = await standIn({ fail: (nth) => (nth === 0 ? { tooManyForSeconds: 7 } : null) })
    expect(await failureOf(texterOf(provider).send('key', [text()]))).toMatchObject({ isFinal: false, isUnanswered: false, retryAfterMs: 7000 })
    expect((await failureOf(texterOf(provider).send('key', [text()]))).retryAfterMs).toBe(2000)
  })

  it('waits for a person where we are not set up right', async () => {
    const provider = await standIn()
    for (const wrong of [{ authToken: 'other' }, { accountSid: 'AC1' }]) {
      expect(await failureOf(texterOf(provider, wrong).send('key', [text()]))).toMatchObject({ isFinal: false, isUnanswered: false, retryAfterMs: 60_000 })
    }
    provider.change({ fail: () => ({ status: 400, code: 21606 }) })
    expect(await failureOf(texterOf(provider).send('key', [text()]))).toMatchObject({ isFinal: false, isUnanswered: false, retryAfterMs: 60_000 })
    expect(provider.accepted).toHaveLength(0)
  })

  for (const failure of ['dropAnswer', 'halfAnswer', 'notJson', 'errorAfterTaking', 'error', 'silence'] as const) {
    it(`does not know whether it left after: ${failure}`, async () => {
      const provider = await standIn({ fail: () => failure })
      expect(await failureOf(texterOf(provider).send('key', [text()]))).toMatchObject({ isFinal: false, isUnanswered: true })
    })
  }

  it('knows that nothing left where the provider was closed', async () => {
    const provider = await standIn({ fail: () => 'closed' })
    expect(await failureOf(texterOf(provider).send('key', [text()]))).toMatchObject({ isFinal: false, isUnanswered: false, retryAfterMs: 30_000 })
    expect(provider.accepted).toHaveLength(0)
  })

  it('knows that nothing left where there was no connection', async () => {
    const provider = await standIn()
    await provider.close()
    closing.pop()
    expect(await failureOf(texterOf(provider).send('key', [text()]))).toMatchObject({ isFinal: false, isUnanswered: false, retryAfterMs: 30_000 })
  })
})
