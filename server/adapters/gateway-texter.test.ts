import { describe, expect, it } from 'vitest'
import type { Text } from '../ports.ts'
import { createStubMailer } from '../testing/stub-mailer.ts'
import { createGatewayTexter, type Gateway } from './gateway-texter.ts'

const text = (nth: number, carrier: string | null): Text => ({ messageKey: `m${nth}`, to: '+15735550123', carrier, body: `Court: ${nth}` })
const gatewayOf = (carrier: string | null): Gateway =>
  carrier === 'good' ? { domain: 'txt.example.com' } : { reason: carrier === null ? 'No carrier is known.' : 'Its gateway is switched off.' }
const settings = { sender: 'Court <ttc@courts.example.org>', gatewayOf }

describe('texts through the gateways of carriers', () => {
  it('are plain mail to ten digits at the domain of the carrier', async () => {
    const mailer = createStubMailer()
    const outcome = await createGatewayTexter({ ...settings, mailer }).send('key', [text(1, 'good')])
    expect(mailer.batches).toEqual([{ key: 'key', mails: [{
      messageKey: 'm1', from: settings.sender, to: '5735550123@txt.example.com', subject: 'Notice', html: '', text: 'Court: 1',
      headers: { 'Auto-Submitted': 'auto-generated' },
    }] }])
    expect(outcome).toEqual({ kind: 'answered', mails: [{ kind: 'sent', providerId: 'provider-m1' }] })
  })

  it('are refused for good where no gateway takes them, and keep no other back', async () => {
    const mailer = createStubMailer()
    const texter = createGatewayTexter({ ...settings, mailer })
    expect(await texter.send('key', [text(1, 'bad'), text(2, 'good'), text(3, null)])).toEqual({ kind: 'answered', mails: [
      { kind: 'refused', reason: 'Its gateway is switched off.', isFinal: true },
      { kind: 'sent', providerId: 'provider-m2' },
      { kind: 'refused', reason: 'No carrier is known.', isFinal: true },
    ] })
    await texter.send('key-2', [text(4, 'bad')])
    expect(mailer.batches).toHaveLength(1)
  })

  it('keep the limits and the pace of the mail that carries them', () => {
    const mailer = createStubMailer({ batchLimit: 1, remembersForMs: 0, requestsPerSecond: 3, concurrency: 4 })
    expect(createGatewayTexter({ ...settings, mailer })).toMatchObject({
      paceName: 'mail', batchLimit: 1, remembersForMs: 0, requestsPerSecond: 3, concurrency: 4,
    })
  })

  it('are told as left when the batch was known already', async () => {
    const mailer = createStubMailer({}, () => ({ kind: 'replayed' }))
    expect(await createGatewayTexter({ ...settings, mailer }).send('key', [text(1, 'good')])).toEqual({ kind: 'replayed' })
  })
})
