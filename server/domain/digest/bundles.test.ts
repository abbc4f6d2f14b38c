import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bundledNotices, cases, mailboxMessages, messageContents, outboxMessages, subscribers, subscriptions } from '../../../db/schema.ts'
import { createComposer } from '../../delivery/compose.tsx'
import { previewEvening } from '../../evening/preview-evening.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { writeOut, type WrittenMail } from '../../ports.ts'
import { putCase, putEntry } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { eraseMessages } from '../docket/erase-messages.ts'
import { withdrawContents, withdrawEntryContents } from '../docket/withdraw-contents.ts'
import { openLink } from '../links/link-token.ts'
import { leaseBatch, type LeaseAnswer } from '../outbox/lease-messages.ts'
import { stopListed, stopTracking } from '../tracking/stop-tracking.ts'

let world: World
const keys = ['k'.repeat(32)]
const numbers = ['26BA-CR00001', '26BA-CR00002', '26BA-CR00003']
let ids: number[] = []

beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    for (const number of numbers) await putCase(work, { number, caption: `Caption of ${number}` })
    ids = []
    for (const caseId of [1, 2, 3]) ids.push(await putSubscription(work, caseId, { email: 'all@example.com', note: caseId === 2 ? 'My <b>brother</b>' : '' }))
    await putSubscription(work, 1, { email: 'other@example.com' })
    await work.tx.update(subscribers).set({ isBundled: true }).where(eq(subscribers.id, 1))
  })
})
afterEach(() => world.close())

const evening = () => runEvening(world.workplace, world.site, { mayBeFuture: false })
const enter = (caseId: number, description: string) => world.work((work) => putEntry(work, caseId, { description }))
const lease = (): Promise<LeaseAnswer> =>
  world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit: 100, seconds: 60, remembersForMs: 86_400_000 }))
async function mails(): Promise<WrittenMail[]> {
  const { batch } = await lease()
  if (!batch) return []
  const { composed, uncomposed } = createComposer(keys)(batch)
  expect(uncomposed).toEqual([])
  return composed.map(({ mail }) => writeOut(mail))
}
const toAll = (sent: readonly WrittenMail[]): WrittenMail => {
  const mail = sent.find(({ to }) => to === 'all@example.com')
  if (!mail) throw new Error('No mail left.')
  return mail
}
const messages = () => world.reading().tx.select().from(outboxMessages).orderBy(asc(outboxMessages.id))

describe('one e-mail for all cases (F2)', () => {
  it('tells each case as its own notice would, with links to stop one, those listed, and all', async () => {
    for (const caseId of [1, 2, 3]) await enter(caseId, `Entry of ${caseId}`)
    expect(await previewEvening(world.workplace, world.site, { mayBeFuture: false, isListed: true })).toMatchObject({
      notices: 4, emails: 2, list: [{ email: 'other@example.com' }, ...numbers.map((caseNumber) => ({ email: 'all@example.com', caseNumber }))],
    })
    expect(await evening()).toMatchObject({ notices: 4, emails: 2 })
    const sent = await mails()
    expect(sent).toHaveLength(2)
    const { subject, html, text, headers } = toAll(sent)
    expect(subject).toBe('Updates in 3 of your cases')
    for (const [nth, number] of numbers.entries()) {
      for (const part of [html, text]) expect(part).toContain(`Caption of ${number}`)
      expect(text).toContain(`Entry of ${nth + 1}`)
    }
    expect(html).toContain('Your note: My &lt;b&gt;brother&lt;/b&gt;')
    expect(text).toContain('Your note: My <b>brother</b>')
    const token = /stop\/([^>]+)>/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? ''
    const target = openLink(keys, 'stopListed', token)
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    await world.work((work) => stopListed(work, target?.id ?? 0, 'emailAndText'))
    expect((await world.reading().tx.select().from(subscriptions).orderBy(asc(subscriptions.id))).map(({ emailState }) => emailState)).toEqual(['stopped', 'stopped', 'stopped', 'active'])
  })

  it('is an ordinary notice where only one case has something', async () => {
    await enter(1, 'One')
    expect(await evening()).toMatchObject({ notices: 2, emails: 2 })
    expect(toAll(await mails()).subject).toBe(`Case ${numbers[0]}: 1 new entry`)
  })

  it('leaves out what may not be said any more, and is dropped where an earlier try may have said it', async () => {
    for (const caseId of [1, 2, 3]) await enter(caseId, `Entry of ${caseId}`)
    await evening()
    await world.work((work) => stopTracking(work, ids[0] ?? 0, 'emailAndText'))
    await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }).where(eq(cases.id, 2)))
    const mail = toAll(await mails())
    expect(mail.subject).toBe('Update in 1 of your cases')
    expect(mail.html).not.toMatch(/Entry of [12]|CR0000[12]/)
    expect(await world.reading().tx.select({ id: bundledNotices.subscriptionId }).from(bundledNotices)).toEqual([{ id: ids[2] }])
    await world.work(({ tx }) => tx.update(outboxMessages).set({ state: 'waiting', leasedBy: null, leasedUntil: null }))
    await world.work((work) => withdrawContents(work, 3))
    const { batch } = await lease()
    expect(batch?.messages.map(({ address }) => address)).toEqual(['other@example.com'])
    expect(batch?.dropped).toMatchObject([{ reason: 'What it says was withdrawn.' }])
  })

  it('is cancelled when nothing is left to say, and while its address takes no mail', async () => {
    for (const caseId of [2, 3]) await enter(caseId, `Entry of ${caseId}`)
    await evening()
    await world.work((work) => withdrawContents(work, 2).then(() => withdrawContents(work, 3)))
    expect(await lease()).toMatchObject({ batch: null, settled: { cancelled: 1 } })
    for (const caseId of [2, 3, 1]) await enter(caseId, `Entry of ${caseId}`)
    await evening()
    await world.work(({ tx, now }) => tx.update(subscribers).set({ suppressedAt: now, suppressedBecause: 'complained' }).where(eq(subscribers.id, 1)))
    expect((await mails()).map(({ to }) => to)).toEqual(['other@example.com'])
  })

  it('goes on without an entry that is sealed, and without a case that is expunged', async () => {
    for (const caseId of [1, 2, 3]) await enter(caseId, `Entry of ${caseId}`)
    const { entryId } = await enter(3, 'Secret')
    await evening()
    await world.work((work) => withdrawEntryContents(work, 3, entryId))
    await world.work(async (work) => {
      await eraseMessages(work, 1)
      await work.tx.delete(cases).where(eq(cases.id, 1))
    })
    const mail = toAll(await mails())
    expect(mail.subject).toBe('Updates in 2 of your cases')
    expect(mail.html).toContain('Entry of 3')
    expect(mail.html).not.toMatch(/Secret|CR00001/)
  })

  it('is erased from the local mailbox, and not tried again, where a case of it is expunged while it may be under way', async () => {
    for (const caseId of [1, 2]) await enter(caseId, `Entry of ${caseId}`)
    await evening()
    await lease()
    const digest = (await messages()).find(({ kind }) => kind === 'digest')
    await world.work(({ tx, now }) => tx.insert(mailboxMessages).values({
      messageKey: `m${digest?.id}`, sender: 's', recipient: 'r', subject: 's', html: 'Entry of 1', text: 't', headers: {}, arrivedAt: now,
    }))
    await world.work((work) => eraseMessages(work, 1))
    expect(await world.reading().tx.$count(mailboxMessages)).toBe(0)
    const [content] = await world.reading().tx.select().from(messageContents).where(eq(messageContents.id, digest?.contentId ?? 0))
    expect(content?.withdrawnAt).not.toBeNull()
  })

  it('stays below 100 KB with very many cases and long entries', async () => {
    await world.work(async (work) => {
      for (let nth = 0; nth < 60; nth++) {
        const caseId = await putCase(work, { number: `26BA-CV1${String(nth).padStart(4, '0')}` })
        await putSubscription(work, caseId, { email: 'all@example.com', note: 'ü'.repeat(1000) })
        for (let entry = 0; entry < 3; entry++) await putEntry(work, caseId, { description: 'Long', text: 'Wörter & mehr '.repeat(200) })
      }
    })
    await evening()
    const { subject, html, text } = toAll(await mails())
    expect(subject).toBe('Updates in 60 of your cases')
    expect(Buffer.byteLength(html) + Buffer.byteLength(text)).toBeLessThan(100_000)
    expect(text).toContain('of your cases: see My Cases')
  })

  it('says nothing of a case but its number to who asked for private notices (F11)', async () => {
    await world.work(({ tx }) => tx.update(subscribers).set({ isPrivate: true }))
    for (const caseId of [1, 2]) await enter(caseId, 'Told to nobody')
    await evening()
    const sent = await mails()
    expect(sent.map(({ subject }) => subject).sort()).toEqual(['Update on a case you track', 'Updates in 2 of your cases'])
    for (const { html, text, attachments } of sent) {
      expect(html + text).not.toMatch(/Told to nobody|Caption of/)
      expect(text).toContain(numbers[0])
      expect(attachments).toBeUndefined()
    }
  })
})
