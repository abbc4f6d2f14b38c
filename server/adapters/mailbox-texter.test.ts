import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findMail } from '../domain/mailbox/find-mail.ts'
import { listMail } from '../domain/mailbox/list-mail.ts'
import { putMail } from '../domain/mailbox/put-mail.ts'
import type { Text } from '../ports.ts'
import { openWorld, type World } from '../testing/world.ts'
import { createMailboxMailer } from './mailbox-mailer.ts'
import { createMailboxTexter } from './mailbox-texter.ts'

const text = (nth: number, body = `Court: ${nth}`): Text => ({ messageKey: `m${nth}`, to: '+15735550123', carrier: null, body })

describe('texts in the local mailbox', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  it('are kept beside the e-mails, counted as a carrier would', async () => {
    const texter = createMailboxTexter((texts) => world.work((work) => putMail(work, texts.map(({ messageKey, to, body, encoding, segments }) => ({
      channel: 'text' as const, messageKey, from: 'Court', to, subject: '', html: '', text: body, headers: { Encoding: encoding, Segments: String(segments) },
    })))))
    const mailer = createMailboxMailer((mails) => world.work((work) => putMail(work, mails)))
    const attachments = [{ filename: 'hearing.ics', contentType: 'text/calendar', content: 'BEGIN:VCALENDAR' }]
    expect(await texter.send('key', [text(1), text(2, 'Суд '.repeat(20))])).toEqual({
      kind: 'answered', mails: [{ kind: 'sent', providerId: 'm1' }, { kind: 'sent', providerId: 'm2' }],
    })
    await texter.send('key', [text(1, 'Other')])
    await mailer.send('key', [{ messageKey: 'm3', from: 'a@b.example', to: 'c@d.example', subject: 'Case 1', html: '<p>Hello</p>', text: 'Hello', headers: {}, attachments }])
    const [mail, second, first, ...others] = await listMail(world.reading(), { limit: 10 })
    expect(others).toEqual([])
    expect([mail, second, first]).toMatchObject([
      { channel: 'email', recipient: 'c@d.example', subject: 'Case 1', said: null },
      { channel: 'text', recipient: '+15735550123', subject: '' },
      { channel: 'text', recipient: '+15735550123', subject: '', said: 'Court: 1' },
    ])
    expect(await findMail(world.reading(), first?.id ?? 0)).toMatchObject({ text: 'Court: 1', headers: { Encoding: 'GSM-7', Segments: '1' }, attachments: null })
    expect(await findMail(world.reading(), second?.id ?? 0)).toMatchObject({ headers: { Encoding: 'UCS-2', Segments: '2' } })
    expect(await findMail(world.reading(), mail?.id ?? 0)).toMatchObject({ channel: 'email', attachments })
  })
})
