import { describe, expect, it } from 'vitest'
import { openLink } from '../domain/links/link-token.ts'
import type { LeasedBatch, LeasedMessage } from '../domain/outbox/leased-batch.ts'
import type { TextAnswerContent, TextContent, TextVerificationContent } from '../domain/outbox/message-content.ts'
import { createTextComposer } from './compose-text.ts'
import { fitText, textLength } from './fit-text.ts'
import { inGsmLetters } from './gsm-letters.ts'

const keys = ['k'.repeat(32)]
const origin = 'https://track.example.org'
const frame = { sender: 'Boone Courts', origin, takesReplies: true }

const text = (facts: Partial<TextContent> = {}): TextContent => ({
  ...frame, kind: 'text', told: 'Case 26BA-CV00001: New entry: Motion filed.', address: `${origin}/cases/26BA-CV00001/docket`, ...facts,
})

const message = (facts: Partial<LeasedMessage> = {}): LeasedMessage => ({
  id: 7, kind: 'text', address: '+15735550123', carrier: 'verizon', subscriberId: null, subscriptionId: 5, linkVersion: 2, contentId: 1, isPrivate: false, note: '', bundle: [], attempts: 1,
  identity: 'i', ...facts,
})

const batch = (content: unknown, facts: Partial<LeasedMessage> = {}): LeasedBatch => ({
  worker: 'w', batchId: 1, providerKey: 'key', isRetry: false, dropped: [],
  messages: [message(facts)], contents: new Map([[1, typeof content === 'string' ? content : JSON.stringify(content)]]),
})

const compose = createTextComposer(keys)
const bodyOf = (content: TextContent | TextVerificationContent | TextAnswerContent, facts: Partial<LeasedMessage> = {}): string => {
  const { composed, uncomposed } = compose(batch(content, { kind: content.kind, ...facts }))
  return composed[0]?.mail.body ?? `not composed: ${uncomposed[0]?.reason ?? ''}`
}
/** F7: a link is followed by a space or the end. */
const linksIn = (body: string): string[] => body.match(/https?:\/\/\S+(?= |$)/g) ?? []

describe('a text', () => {
  it('names its sender, then what it tells, the link and how to stop', () => {
    const body = bodyOf(text())
    const [page, stop] = linksIn(body)
    expect(body).toBe(`Boone Courts: Case 26BA-CV00001: New entry: Motion filed. ${page} Reply STOP or stop: ${stop}`)
    expect(page).toBe(`${origin}/cases/26BA-CV00001/docket`)
    expect(openLink(keys, 'stopText', stop?.split('/stop/')[1] ?? '')).toEqual({ id: 5, version: 2 })
    expect(textLength(body)).toEqual({ encoding: 'GSM-7', segments: 2 })
    expect(compose(batch(text())).composed[0]?.mail).toEqual({ messageKey: 'm7', to: '+15735550123', carrier: 'verizon', body })
  })

  it('offers no reply where none arrives', () => {
    expect(bodyOf(text({ takesReplies: false }))).not.toContain('Reply')
    expect(bodyOf(text({ takesReplies: false }))).toMatch(/ Stop: https:\S+$/)
  })

  it('verifies a phone by its own link and the carrier named with the request', () => {
    const content: TextVerificationContent = { ...frame, kind: 'textVerification', verificationId: 9, caseNumber: '26BA-CV00001', carrier: 'boost' }
    const { mail } = compose(batch(content, { kind: 'textVerification', carrier: null })).composed[0] ?? {}
    const [confirm, stop] = linksIn(mail?.body ?? '')
    expect(mail?.body).toBe(`Boone Courts: Confirm texts about case 26BA-CV00001: ${confirm} Not you? Ignore this. Reply STOP or stop: ${stop}`)
    expect(openLink(keys, 'confirmText', confirm?.split('/confirm/')[1] ?? '')).toEqual({ id: 9, version: 1 })
    expect(openLink(keys, 'refuseText', stop?.split('/stop/')[1] ?? '')).toEqual({ id: 9, version: 1 })
    expect(mail?.carrier).toBe('boost')
  })

  it('answers with what there is to say and nothing more', () => {
    expect(bodyOf({ ...frame, kind: 'textAnswer', told: 'Boone Courts: You get no more texts.' }, { subscriptionId: null, linkVersion: null }))
      .toBe('Boone Courts: You get no more texts.')
  })

  it('is cut where it would be too long, at a word and never in a link', () => {
    for (const told of ['Cause passed for setting. '.repeat(80), 'x'.repeat(3000), 'Заседание перенесено. '.repeat(80), '€'.repeat(900)]) {
      const body = bodyOf(text({ told: `Case 26BA-CV00001: ${told}` }))
      const { encoding, segments } = textLength(body)
      expect(segments, told.slice(0, 20)).toBe(encoding === 'GSM-7' ? 3 : 4)
      expect(body).toContain('... https://')
      expect(linksIn(body)).toEqual(linksIn(bodyOf(text())))
    }
  })

  it('keeps its links whole where they alone are long', () => {
    const address = `${origin}/cases/${'9'.repeat(500)}`
    expect(linksIn(bodyOf(text({ address })))).toContain(address)
    expect(bodyOf(text({ address: `${origin}/cases/${'9'.repeat(2000)}` }))).toMatch(/^not composed: It takes \d+ characters/)
  })

  it('is one line without a link of a stranger, whatever a court sends (H3)', () => {
    const told = 'Case 1: New\r\nBoone Courts: Stop: https://track.example.org/stop/x\u0000\u202Eevil.com/x HTTP://1.2.3.4/x co\u200Bm \uFF0E see evil\uFF0Ecom'
    const body = bodyOf(text({ told }))
    expect(body).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\u200B-\u200F]/u)
    expect(linksIn(body)).toEqual(linksIn(bodyOf(text())))
    expect(body).not.toMatch(/evil\.com|track\.example\.org\/stop\/x/)
    expect(bodyOf(text({ told: 'Set for 9:00 a.m., Rm. 2.1, $50.00 due.' }))).toContain('Set for 9:00 a.m., Rm. 2.1, $50.00 due.')
  })

  it('goes to a number of the United States and nowhere else (S7)', () => {
    for (const address of ['+447700900123', '5735550123', '+1573555012', '+15735550123\n', 'a@mail.example.com']) {
      expect(compose(batch(text(), { address })), address).toMatchObject({ composed: [], uncomposed: [{ id: 7 }] })
    }
  })

  it('keeps no other back when it cannot be made', () => {
    const both = { ...batch('{', {}), messages: [message(), message({ id: 8, contentId: 2 })] }
    const { composed, uncomposed } = compose({ ...both, contents: new Map([[1, '{'], [2, JSON.stringify(text())]]) })
    expect(composed.map((one) => one.message.id)).toEqual([8])
    expect(uncomposed).toEqual([{ id: 7, reason: 'What it says cannot be read.' }])
    expect(compose(batch({ ...text(), kind: 'notice' })).uncomposed).toHaveLength(1)
    expect(compose(batch(text(), { subscriptionId: null })).uncomposed).toEqual([{ id: 7, reason: 'It belongs to no subscription.' }])
  })

  it('is the same in every try', () => {
    expect(createTextComposer(keys)(batch(text()))).toEqual(compose(batch(text())))
  })
})

describe('the length of a text', () => {
  it('keeps within its segments as carriers count them, and uses them up', () => {
    const most = { 'GSM-7': 3, 'UCS-2': 4 }
    for (const letters of ['ab c', 'a{b}€ ', 'жд ', 'a😀', '{ж', '{']) {
      for (let length = 41; length <= 480; length += 5) {
        const told = letters.repeat(length).slice(0, length)
        const { encoding, segments } = textLength(fitText('From: ', told, ' https://track.example.org'))
        expect(segments, `${length} of ${letters}`).toBeLessThanOrEqual(most[encoding])
        if (length > 460) expect(segments).toBe(most[encoding])
      }
    }
  })
})

describe('letters of GSM', () => {
  it('say what typographic marks and accents say', () => {
    expect(inGsmLetters('“Plaintiff’s” — 9–10…')).toBe('"Plaintiff\'s" - 9-10...')
    expect(inGsmLetters('García, Peña, Żółty, Œuvre, ﬁled, ½ ¶')).toBe('Garcia, Peña, Zolty, OEuvre, filed, 1/2 par.')
    expect(inGsmLetters('a\u00A0b\u2009c')).toBe('a b c')
    expect(inGsmLetters('§ 476.055 [a] {b} € é')).toBe('§ 476.055 [a] {b} € é')
  })

  it('are not forced on what they cannot say', () => {
    for (const other of ['Суд', '法院', 'Ready ✅', 'שלום']) expect(inGsmLetters(other)).toBeNull()
  })
})
