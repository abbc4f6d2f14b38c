import { gzipSync } from 'node:zlib'
import { z } from 'zod'
import { aCase, anEntry, court, enter, holdEvening, linesOf, newNumber, readFeedAnswer, sendToFeed } from './court.ts'
import { linkIn, linksIn, mailsTo, mailTo, newAddress } from './mailbox.ts'
import { origin } from './origin.ts'
import { bearing, secrets } from './secrets.ts'
import { describe, expect, it } from './test.ts'
import { askToTrack, tokenIn, track } from './tracking.ts'

const at = (path: string): string => origin() + path

describe('the machine endpoints', () => {
  for (const path of ['/api/cron/digest', '/api/cron/deliver', '/api/feed']) {
    it(`answer 401 and nothing else without the secret: ${path}`, async () => {
      const { CRON_SECRET: right, METRICS_SECRET: other } = secrets
      const wrong = ['', 'Bearer', 'Bearer wrong', `Basic ${right}`, `Bearer ${other}`, `Bearer ${right.slice(0, -1)}`]
      for (const authorization of wrong) {
        const answer = await fetch(at(path), {
          method: 'POST', body: '{}\n',
          headers: { 'content-type': 'application/x-ndjson', ...(authorization === '' ? {} : { authorization }) },
        })
        expect(answer.status, authorization).toBe(401)
        expect(await answer.text()).toBe('')
      }
    })
  }

  it('hold an evening for a scheduler that sends GET, and refuse a day that is none', async () => {
    const headers = bearing(secrets.CRON_SECRET)
    const held = await fetch(at('/api/cron/digest'), { headers })
    expect(held.status).toBe(200)
    const counts = { notices: z.number(), emails: z.number(), texts: z.number(), reminders: z.number(), durationMs: z.number() }
    z.strictObject({ day: z.iso.date(), state: z.enum(['completed', 'running']), ...counts }).parse(await held.json())
    for (const day of ['2026-02-30', 'tomorrow', '2001-01-01']) {
      // While another test's evening is held, it is answered as running.
      await expect.poll(async () => (await fetch(at(`/api/cron/digest?day=${day}`), { method: 'POST', headers })).status, day).toBe(422)
    }
  })

  it('say that there are no text replies to take where texts leave another way, signed or not', async () => {
    for (const signature of ['', 'bm90aGluZw==']) {
      const body = new URLSearchParams({ MessageSid: 'SM1', From: '+15735550123', Body: 'STOP' })
      const answer = await fetch(at('/api/webhooks/text'), { method: 'POST', body, headers: { 'x-twilio-signature': signature } })
      expect(answer.status).toBe(404)
      expect(await answer.text()).toBe('')
    }
  })

  it('say that the service is well', async () => {
    const answer = await fetch(at('/api/health'))
    expect(await answer.json()).toMatchObject({ status: 'ok' })
    const [ownName, given] = [answer.headers.get('x-request-id'), '4bf92f3577b34da6a3ce929d0e0e4736']
    expect(ownName).toMatch(/^[\da-f-]{36}$/)
    // No proxy of ours stands between, so it is not taken over.
    expect((await fetch(at('/api/health?evening=1'), { headers: { 'x-request-id': given } })).headers.get('x-request-id')).not.toBe(given)
  })

  it('show figures to who watches them, and nobody else', async () => {
    for (const authorization of ['', `Bearer ${secrets.CRON_SECRET}`]) {
      const refused = await fetch(at('/api/metrics'), { headers: authorization === '' ? {} : { authorization } })
      expect([refused.status, await refused.text()]).toEqual([401, ''])
    }
    const answer = await fetch(at('/api/metrics'), { headers: bearing(secrets.METRICS_SECRET) })
    expect(answer.headers.get('content-type')).toContain('version=0.0.4')
    const text = await answer.text()
    for (const name of ['ttc_evening_runs_total', 'ttc_outbox_oldest_due_age_seconds', 'ttc_http_request_duration_seconds_count']) expect(text).toContain(`\n${name}`)
    expect(text).not.toContain('@')
  })
})

describe('the feed', () => {
  it('takes each record once, however often it is sent', async ({ page }) => {
    const number = newNumber()
    const records = [aCase(number), anEntry(number, 'a'), anEntry(number, 'b', { status: 'voided' })]
    expect(await enter(records)).toEqual({ accepted: 3, unchanged: 0, rejected: [], changes: { added: 1, updated: 0, voided: 1 } })
    expect(await enter(records)).toEqual({ accepted: 0, unchanged: 3, rejected: [], changes: { added: 0, updated: 0, voided: 0 } })
    const { changes } = await enter([anEntry(number, 'a', { text: 'Other words.' })])
    expect(changes).toEqual({ added: 0, updated: 1, voided: 0 })
    await page.goto(`/cases/${number}/docket`)
    await expect(page.getByRole('main')).toContainText('Other words.')
  })

  it('names each bad line with its reason and takes the others', async () => {
    const number = newNumber()
    const good = [JSON.stringify(aCase(number)), JSON.stringify(anEntry(number, 'a'))]
    const body = [
      good[0], 'not json', '',
      JSON.stringify(anEntry(number, 'b', { filedAt: 'yesterday' })), JSON.stringify(anEntry(number, 'c', { text: 'a\0b' })),
      JSON.stringify(aCase(newNumber(), { court: 'NOWHERE' })), JSON.stringify(anEntry(newNumber(), 'd')), good[1],
    ].join('\n')
    const answer = await readFeedAnswer(await sendToFeed({ body }))
    expect(answer.accepted).toBe(2)
    expect(answer.rejected.map(({ line }) => line)).toEqual([2, 4, 5, 6, 7])
    for (const { reason } of answer.rejected) expect(reason).toMatch(/^\S.*\S$/)
    expect(answer.rejected[1]?.reason).toContain('filedAt')
  })

  it('refuses another type of body', async () => {
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
      expect((await sendToFeed({ body: linesOf([aCase(newNumber())]), headers: { 'content-type': type } })).status, type).toBe(415)
    }
    expect((await sendToFeed({ body: linesOf([aCase(newNumber())]), headers: { 'content-encoding': 'br' } })).status).toBe(415)
  })

  it('takes a packed body, and says so when it is cut short', async () => {
    const number = newNumber()
    const packed = new Uint8Array(gzipSync(linesOf([aCase(number), anEntry(number, 'a')])))
    const headers = { 'content-encoding': 'gzip' }
    expect(await readFeedAnswer(await sendToFeed({ body: packed, headers }))).toMatchObject({ accepted: 2, rejected: [] })
    expect((await sendToFeed({ body: packed.slice(0, -12), headers })).status).toBe(400)
  })

  it('takes a body of 60 MB whole', async () => {
    const number = newNumber()
    const [first, line] = [linesOf([aCase(number)]), linesOf([anEntry(number, 'long', { text: 'All of it. '.repeat(18_000) })])]
    const lines = Math.ceil(60 * 1024 * 1024 / line.length)
    const answer = await readFeedAnswer(await sendToFeed({ body: first + line.repeat(lines) }))
    expect(answer).toEqual({ accepted: 2, unchanged: lines - 1, rejected: [], changes: { added: 1, updated: 0, voided: 0 } })
  })

  it('keeps two courts with one number apart', async () => {
    const number = newNumber()
    const elsewhere = { court: '19-COLE' }
    const answer = await enter([aCase(number), aCase(number, elsewhere), anEntry(number, 'a'), anEntry(number, 'a', elsewhere)])
    expect(answer.changes.added).toBe(2)
    const { rejected } = await readFeedAnswer(await sendToFeed({ body: linesOf([{ ...anEntry(number, 'b'), court: undefined }]) }))
    expect(rejected).toHaveLength(1)
  })
})

describe('one click in the mail program', () => {
  it('stops the case in either encoding, as often as it is sent, without a cookie', async () => {
    const number = newNumber()
    const [one, other, staying] = [newAddress('one'), newAddress('other'), newAddress('staying')]
    await enter([aCase(number)])
    for (const address of [one, other, staying]) await track(number, address)
    await enter([anEntry(number, 'a')])
    await holdEvening()

    const click = async (address: string, body: URLSearchParams | FormData): Promise<void> => {
      const { headers } = await mailTo(address, `Case ${number}: 1 new entry`)
      expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
      const link = /^<(http.+\/api\/stop\/[\w-]+)>$/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? ''
      const answer = await fetch(link, { method: 'POST', body, redirect: 'manual' })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
    const form = new FormData()
    form.set('List-Unsubscribe', 'One-Click')
    for (let times = 0; times < 2; times++) {
      await click(one, new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }))
      await click(other, form)
    }
    await enter([anEntry(number, 'b'), anEntry(number, 'c')])
    await holdEvening()
    await mailTo(staying, `Case ${number}: 2 new entries`)
    for (const address of [one, other]) expect(await mailsTo(address)).toHaveLength(2)
  })

  it('says nothing of tokens that are none', async () => {
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
    const answer = await fetch(at('/api/stop/1-1-AAAAAAAAAAAAAAAAAAAAAA'), { method: 'POST', body })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('')
  })
})

describe('a link in mail', () => {
  it('changes nothing when a scanner opens it', async ({ request }) => {
    const [tracked, pending] = [newNumber(), newNumber()]
    const address = newAddress()
    await enter([aCase(tracked), aCase(pending)])
    await track(tracked, address)
    await enter([anEntry(tracked, 'a')])
    await holdEvening()
    await askToTrack(pending, address)

    const links = new Set((await mailsTo(address)).flatMap(linksIn))
    expect(links.size).toBeGreaterThanOrEqual(12)
    for (const link of links) {
      for (const method of ['HEAD', 'GET', 'HEAD']) {
        const answer = await request.fetch(link, { method })
        expect([200, 405], `${method} ${link}`).toContain(answer.status())
      }
    }
    await enter([anEntry(tracked, 'b'), anEntry(tracked, 'c'), anEntry(pending, 'a')])
    await holdEvening()
    await mailTo(address, `Case ${tracked}: 2 new entries`)
    expect(await mailsTo(address)).toHaveLength(4)
  })
})

describe('a form that another site sends', () => {
  it('is refused', async ({ request }) => {
    const number = newNumber()
    const address = newAddress()
    await enter([aCase(number)])
    const token = tokenIn(linkIn(await askToTrack(number, address), '/confirm/'))
    const forms = {
      track: { number, court, email: address, confirmEmail: address, action: 'track' },
      confirm: { token },
      stop: { token, scope: 'case', choice: 'emailAndText' },
      mailbox: { action: 'evening' },
    }
    const foreign = [
      { origin: 'https://elsewhere.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: at('') },
    ]
    for (const [name, form] of Object.entries(forms)) {
      for (const headers of foreign) {
        const answer = await request.post(`/api/forms/${name}`, { form, headers: { ...headers }, maxRedirects: 0 })
        expect(answer.status(), `${name} ${JSON.stringify(headers)}`).toBe(403)
      }
    }
    await enter([anEntry(number, 'a')])
    await holdEvening()
    expect(await mailsTo(address)).toHaveLength(1)
  })
})
