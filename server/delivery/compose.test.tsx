import { createTransport } from 'nodemailer'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { messageContents, outboxMessages, subscribers } from '../../db/schema.ts'
import { noticeText } from '../../emails/notice-text.ts'
import { NoticeEmail } from '../../emails/notice.tsx'
import { openLink, signLink } from '../domain/links/link-token.ts'
import { leaseBatch } from '../domain/outbox/lease-messages.ts'
import type { LeasedBatch } from '../domain/outbox/leased-batch.ts'
import type { MessageContent } from '../domain/outbox/message-content.ts'
import { writeOut, type WrittenMail } from '../ports.ts'
import { oweReport, oweVerification } from '../testing/owe-asked.ts'
import { aNotice, oweNotices } from '../testing/owe-notices.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { Work } from '../work.ts'
import { createComposer } from './compose.tsx'
import { headerLine, oneAddress } from './header-line.ts'

const linkKeys = ['a'.repeat(32)]

describe('composing', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  async function lease(): Promise<LeasedBatch> {
    const { batch } = await world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit: 100, seconds: 60, remembersForMs: 1000 }))
    if (!batch) throw new Error('Nothing was leased.')
    return batch
  }
  async function mailsOf(owe: (work: Work) => Promise<unknown>): Promise<WrittenMail[]> {
    await world.work(owe)
    const { composed, uncomposed } = createComposer(linkKeys)(await lease())
    expect(uncomposed).toEqual([])
    return composed.map(({ mail }) => writeOut(mail))
  }
  const only = (mails: readonly WrittenMail[]): WrittenMail => {
    const [mail] = mails
    if (!mail) throw new Error('There is no mail.')
    return mail
  }
  const setContent = (contentId: number, payload: unknown) =>
    world.work(({ tx }) => tx.update(messageContents).set({ payload }).where(eq(messageContents.id, contentId)))

  it('gives a notice byte for byte what rendering it for its recipient gives', async () => {
    const owed = await world.work((work) => oweNotices(work, { cases: 2, recipients: 2 }))
    const { composed } = createComposer(linkKeys)(await lease())
    expect(composed.map(({ mail }) => mail.to)).toEqual(owed.map((one) => one.email))
    for (const [index, one] of owed.entries()) {
      const stop = signLink(linkKeys, 'stop', { id: one.subscriptionId, version: 1 })
      const all = signLink(linkKeys, 'stopAll', { id: one.subscriberId, version: 1 })
      const number = `26BA-owed-${index < 2 ? 0 : 1}`
      const props = {
        ...aNotice({ caseNumber: number, caseAddress: `https://track.example.org/cases/${number}`, heading: `1 new entry in case ${number}` }),
        stopUrl: `https://track.example.org/stop/${stop}?choice=emailAndText`,
        stopTextUrl: `https://track.example.org/stop/${stop}?choice=textOnly`,
        stopAllUrl: `https://track.example.org/stop-all/${all}?choice=emailAndText`,
        stopAllTextUrl: `https://track.example.org/stop-all/${all}?choice=textOnly`,
      }
      const mail = composed[index]?.mail
      expect(String(mail?.html)).toBe(`<!DOCTYPE html>${renderToStaticMarkup(<NoticeEmail {...props} />)}`)
      expect(String(mail?.text)).toBe(noticeText(props))
    }
  })

  it('gives a notice its headers: from the frozen sender, one click to stop', async () => {
    const mail = only(await mailsOf((work) => oweNotices(work, { cases: 1 })))
    expect(mail).toMatchObject({ messageKey: 'm1', from: 'Track This Case <ttc@courts.example.org>', subject: 'Case 26BA-owed-0: 1 new entry' })
    const { 'List-Unsubscribe': unsubscribe = '', 'X-Entity-Ref-ID': reference, ...others } = mail.headers
    expect(others).toEqual({
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': '<notices.track.example.org>',
      'Auto-Submitted': 'auto-generated',
    })
    expect(reference).toMatch(/^[0-9a-f]{32}$/)
    const token = /^<https:\/\/track\.example\.org\/api\/stop\/([\w-]+)>$/.exec(unsubscribe)?.[1] ?? ''
    expect(openLink(linkKeys, 'stop', token)).toEqual({ id: 1, version: 1 })
  })

  describe('a notice of hearings', () => {
    const hearing = (nth: number) => ({
      eventId: nth, heading: 'Court in 2 days', kind: 'Plea setting', when: 'Thursday, December 3, 2026 at 9:00 a.m.', place: 'Courtroom 2W', judge: null, was: [],
      calendarAddress: `https://track.example.org/cases/1/events/${nth}/calendar.ics`, calendarLabel: 'Add to calendar',
      calendar: {
        uid: `event-${nth}@track.example.org`, sequence: 0, stamp: '2026-11-20T18:00:00.000Z', startsAt: '2026-12-03T15:00:00.000Z', endsAt: null,
        isCancelled: false, title: 'Plea setting', place: null, address: 'https://track.example.org/cases/1/events',
      },
    })
    const told = (count: number) => Array.from({ length: count }, (_, nth) =>
      ({ mark: 'Hearing' as const, eventId: nth, words: 'court in 2 days', manyWords: 'hearings in 2 days', alone: 'court in 2 days', days: [] }))

    it('links each calendar file and carries them in one where few are owed (F10)', async () => {
      const facts = { told: told(2), entries: [], hearings: [hearing(0), hearing(1)] }
      const [linked, attached] = await mailsOf((work) =>
        oweNotices(work, { cases: 2, content: (index) => aNotice({ ...facts, ...(index === 1 && { isCalendarAttached: true }) }) }))
      expect(linked && 'attachments' in linked).toBe(false)
      expect(attached?.attachments?.map(({ filename, content }) => [filename, content.match(/UID:event-\d/g)])).toEqual([['hearings.ics', ['UID:event-0', 'UID:event-1']]])
      for (const body of [linked?.html, attached?.text]) expect(body).toContain('https://track.example.org/cases/1/events/1/calendar.ics')
    })

    it('counts those that it does not show', async () => {
      const mail = only(await mailsOf((work) => oweNotices(work, { cases: 1, content: () => aNotice({ told: told(27), entries: [], hearings: [hearing(0)] }) })))
      for (const body of [mail.html, mail.text]) expect(body).toContain('and 26 more')
    })
  })

  it('says the same whenever and by whomever it is composed', async () => {
    await world.work((work) => oweNotices(work, { cases: 3, recipients: 2 }))
    const batch = await lease()
    const compose = createComposer(linkKeys)
    const first = compose(batch)
    expect(compose(batch)).toEqual(first)
    expect(createComposer(linkKeys)(batch)).toEqual(first)
  })

  it('gives a verification a confirm link for each request and one for all', async () => {
    let owed: Awaited<ReturnType<typeof oweVerification>> | undefined
    const mail = only(await mailsOf(async (work) => {
      owed = await oweVerification(work, 2)
    }))
    for (const body of [mail.html, mail.text]) {
      const tokens = [...new Set([...body.matchAll(/\/confirm\/([\w-]+)/g)].map((match) => match[1] ?? ''))]
      expect(tokens.map((token) => openLink(linkKeys, 'confirmAll', token) ?? openLink(linkKeys, 'confirm', token))).toEqual([
        { id: owed?.subscriberId, version: owed?.requests[1]?.requestId },
        ...(owed?.requests ?? []).map(({ requestId }) => ({ id: requestId, version: 1 })),
      ])
      for (const choice of ['emailAndText', 'textOnly']) expect(body).toContain(`?choice=${choice}`)
      expect(body).toContain('ttc@courts.example.org')
      expect(body).not.toContain('Track This Case &lt;ttc@')
    }
    expect(mail.headers).toEqual({ 'Auto-Submitted': 'auto-generated' })
  })

  it('gives a verification of one request no link for all', async () => {
    const mail = only(await mailsOf((work) => oweVerification(work, 1)))
    const tokens = new Set([...mail.html.matchAll(/\/confirm\/([\w-]+)/g)].map((match) => match[1]))
    expect(tokens.size).toBe(1)
  })

  it('gives a report its page and its stop links, and none where nothing is tracked', async () => {
    const [full, empty] = await mailsOf(async (work) => {
      await oweReport(work, 2)
      await oweReport(work, 0)
    })
    expect(full?.text).toMatch(/\/report\/[\w-]+/)
    expect(full?.text.match(/\/stop\//g)).toHaveLength(4)
    expect(full?.text.match(/\/stop-all\//g)).toHaveLength(2)
    expect(empty?.text).not.toMatch(/\/(report|stop|stop-all)\//)
  })

  it('makes no mail of what cannot be read or rendered, and says why without a word of it', async () => {
    const owed = await world.work((work) => oweNotices(work, { cases: 5 }))
    const [good, ofOtherKind, broken, notJson, tooLong] = owed
    const report: Partial<MessageContent> = { kind: 'report' }
    await setContent(ofOtherKind?.contentId ?? 0, report)
    await setContent(broken?.contentId ?? 0, { ...aNotice(), entries: null })
    await setContent(tooLong?.contentId ?? 0, aNotice({ caption: 'x'.repeat(60_000) }))
    const batch = await lease()
    const contents = new Map([...batch.contents, [notJson?.contentId ?? 0, '{"secret docket text']])
    const { composed, uncomposed } = createComposer(linkKeys)({ ...batch, contents })
    expect(composed.map(({ message }) => message.id)).toEqual([good?.messageId])
    expect(uncomposed.map(({ id }) => id)).toEqual([ofOtherKind, broken, notJson, tooLong].map((one) => one?.messageId))
    expect(uncomposed[0]?.reason).toBe('What it says cannot be read.')
    expect(uncomposed[2]?.reason).toBe('What it says cannot be read.')
    expect(uncomposed[3]?.reason).toMatch(/^It takes \d+ bytes, more than 97000\.$/)
    expect(JSON.stringify(uncomposed)).not.toContain('secret')
  })

  describe('stays below 100 KB, text and HTML together (F12)', () => {
    /** Checks all that travels, headers included; gives how many things the mail only counts. */
    async function cut(mail: WrittenMail): Promise<number> {
      const { messageKey: _, attachments: __, ...facts } = mail
      const transport = createTransport({ streamTransport: true, buffer: true })
      const { message } = await transport.sendMail({ ...facts, headers: { ...mail.headers } })
      const bytes = Buffer.isBuffer(message) ? message.length : 0
      expect(bytes).toBeLessThan(100_000)
      expect(bytes).toBeGreaterThan(70_000)
      const [inHtml = 0, inText] = [mail.html, mail.text].map((body) => Number(/and (\d+) more/.exec(body)?.[1]))
      expect(inHtml).toBe(inText)
      return inHtml
    }

    it('counts the entries of a notice that it does not show, and those that were counted before', async () => {
      const entry = { mark: 'New' as const, title: 'Motion', filed: 'today', text: '審é'.repeat(200), changes: [], lastActivity: 'today' }
      const content = aNotice({ entries: Array.from({ length: 40 }, (_, entryId) => ({ ...entry, entryId })), more: 7 })
      const mail = only(await mailsOf((work) => oweNotices(work, { cases: 1, content: () => content })))
      const shown = mail.text.match(/New: Motion/g)?.length ?? 0
      expect(await cut(mail)).toBe(47 - shown)
      expect(mail.html.match(/(審é){200}/g)).toHaveLength(shown)
    })

    it('shows no entry where one alone is too long', async () => {
      const content = aNotice({ entries: [{
        entryId: 1, mark: 'New', title: 'Motion', filed: 'today', text: 'x'.repeat(60_000), changes: [], lastActivity: 'today',
      }] })
      const mail = only(await mailsOf((work) => oweNotices(work, { cases: 1, content: () => content })))
      expect(mail.text).toContain('See the entry on the case page:\nhttps://track.example.org/cases/26BA-CV00001\n')
    })

    it('counts the cases of a report that it does not show', async () => {
      const mail = only(await mailsOf((work) => oweReport(work, 100)))
      expect(await cut(mail)).toBe(100 - (mail.text.match(/Stop Tracking This Case/g)?.length ?? 0))
      expect(mail.text).toContain('You track 100 cases')
    })

    it('lists the newest requests of a verification, and lets all be confirmed', async () => {
      let owed: Awaited<ReturnType<typeof oweVerification>> | undefined
      const mail = only(await mailsOf(async (work) => {
        owed = await oweVerification(work, 50)
      }))
      const { requests = [] } = owed ?? {}
      const numbers = [...mail.text.matchAll(/Confirm case 26BA-ASKED-(\d+)/g)].map((match) => Number(match[1]))
      expect(await cut(mail)).toBe(50 - numbers.length)
      expect(numbers).toEqual(requests.slice(-numbers.length).map(({ requestId }) => requestId))
      expect(mail.text).toContain('Confirm all cases')
    })
  })

  it('lets nothing that others wrote into a header or a link', async () => {
    const evil = 'x\r\nBcc: spy@mail.example.com\u202E\u0000\u2028'
    const mail = only(await mailsOf(async (work) => {
      const [owed] = await oweNotices(work, { cases: 1, content: () => aNotice({ subject: `Case 1: ${evil}`, sender: `Court ${evil} <ttc@courts.example.org>` }) })
      if (!owed) throw new Error('Nothing is owed.')
    }))
    for (const header of [mail.subject, mail.from, ...Object.values(mail.headers)]) expect(header).not.toMatch(/[\p{Cc}\u2028\u202E]/u)
    expect(mail.subject).toBe('Case 1: x Bcc: spy@mail.example.com')
  })

  it('makes no mail to what is not exactly one address', async () => {
    await world.work((work) => oweNotices(work, { cases: 1 }))
    for (const email of ['a@mail.example.com, b@mail.example.com', 'Pat <a@mail.example.com>', 'a@mail.example.com\nb', 'nobody', '']) {
      await world.work(({ tx }) => tx.update(subscribers).set({ email }))
      await world.work(({ tx }) => tx.update(outboxMessages).set({ state: 'waiting', batchId: null, leasedBy: null, leasedUntil: null }))
      const { composed, uncomposed } = createComposer(linkKeys)(await lease())
      expect(composed).toEqual([])
      expect(uncomposed).toEqual([{ id: 1, reason: 'Its address is not one address.' }])
    }
  })
})

describe('a header line', () => {
  it('is one line of what can be shown', () => {
    expect(headerLine('  Case\t26BA \r\n\u0007\u2066x\u2069 ')).toBe('Case 26BA x')
    expect(headerLine('Ñandú v. \uD800Lowell')).toBe('Ñandú v. \uFFFDLowell')
    expect(oneAddress("o'neil+court@mail.example.com")).toBe("o'neil+court@mail.example.com")
    expect(() => oneAddress('a@b\u202Ec')).toThrow()
  })
})
