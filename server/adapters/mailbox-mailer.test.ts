import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findMail } from '../domain/mailbox/find-mail.ts'
import { listMail } from '../domain/mailbox/list-mail.ts'
import { putMail } from '../domain/mailbox/put-mail.ts'
import type { Mail } from '../ports.ts'
import { openWorld, type World } from '../testing/world.ts'
import { createMailboxMailer } from './mailbox-mailer.ts'

const mail = (nth: number, facts: Partial<Mail> = {}): Mail => ({
  messageKey: `m${nth}`, from: 'ttc@courts.example.org', to: `one-${nth % 2}@mail.example.com`, subject: `Case ${nth}`, html: '<p>Hello</p>', text: 'Hello',
  headers: { 'Auto-Submitted': 'auto-generated' }, ...facts,
})

describe('the local mailbox', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())
  const mailer = () => createMailboxMailer((mails) => world.work((work) => putMail(work, mails)))

  it('keeps what it is given, and a mail that comes again as it was', async () => {
    expect(await mailer().send('key', [mail(1), mail(2)])).toEqual({
      kind: 'answered', mails: [{ kind: 'sent', providerId: 'm1' }, { kind: 'sent', providerId: 'm2' }],
    })
    await mailer().send('key', [mail(2, { text: 'Other' }), mail(3)])
    const lines = await listMail(world.reading(), { limit: 10 })
    expect(lines.map((line) => line.subject)).toEqual(['Case 3', 'Case 2', 'Case 1'])
    expect(await findMail(world.reading(), lines[1]?.id ?? 0)).toMatchObject({
      messageKey: 'm2', sender: 'ttc@courts.example.org', recipient: 'one-0@mail.example.com', text: 'Hello', html: '<p>Hello</p>',
      headers: { 'Auto-Submitted': 'auto-generated' }, arrivedAt: world.clock.now(),
    })
    expect(await findMail(world.reading(), 99)).toBeUndefined()
  })

  it('is read page by page, or by recipient', async () => {
    await mailer().send('key', Array.from({ length: 250 }, (_, nth) => mail(nth)))
    const first = await listMail(world.reading(), { limit: 100 })
    const next = await listMail(world.reading(), { limit: 200, before: first.at(-1)?.id ?? 0 })
    expect([first.length, next.length]).toEqual([100, 150])
    expect(new Set([...first, ...next].map((line) => line.id)).size).toBe(250)
    expect(await listMail(world.reading(), { limit: 500, recipient: 'one-1@mail.example.com' })).toHaveLength(125)
  })
})
