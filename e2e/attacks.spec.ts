import { gzipSync } from 'node:zlib'
import { diceFor } from '../server/domain/demo/dice.ts'
import { badStrings } from '../server/testing/torture/bad-values.ts'
import { counted, isLong, report, seed, sized } from '../server/testing/torture/scale.ts'
import { register } from './account.ts'
import { changedTables, filled, formNames, memoryOf, pageAddresses, routeAddresses, send, tablesIn, type Answer } from './attack.ts'
import { answerCaptcha } from './captcha.ts'
import { aCase, anEntry, court, enter, holdEvening, newNumber } from './court.ts'
import { linkIn, mailsTo, mailTo, newAddress } from './mailbox.ts'
import { origin } from './origin.ts'
import { itOnItsOwn } from './own-service.ts'
import { bearing, secrets } from './secrets.ts'
import { describe, expect } from './test.ts'
import { track } from './tracking.ts'

// Attacks on a whole service that need no browser. It has a webhook of each provider; its texts would leave to nobody.
const twilio = {
  TEXT_TRANSPORT: 'twilio', TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'browser-tests-token', TWILIO_FROM: '+15735550100', TWILIO_BASE_URL: 'http://127.0.0.1:9',
}
const settings = { env: { RESEND_WEBHOOK_SECRET: `whsec_${Buffer.from('browser-tests-webhook-012').toString('base64')}`, ...twilio } }
const it = itOnItsOwn(settings)
describe.configure({ mode: 'default' })

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const json = { 'content-type': 'application/json' }
const megabyte = 1024 * 1024
/** A form that a page of another site would like to send. */
const fieldsOf = (token: string, email: string) => String(new URLSearchParams({
  token, scope: 'case', choice: 'emailAndText', email, confirmEmail: email, password: 'seven quiet herons', number: '1', action: 'track', next: '/help', back: '/help',
}))

describe('attacks on a whole service', () => {
  it('S1: malformed input to every address is never answered as a failure, and writes nothing', async ({ service }) => {
    const dice = diceFor(seed, 'malformed requests')
    const count = sized(200, 20_000)
    // Its buttons ask nothing but to be pressed.
    const addresses = [...pageAddresses(), ...routeAddresses()].filter((one) => one !== '/api/forms/mailbox')
    const text = (): string => dice.pick(badStrings).toWellFormed()
    const query = (): string => (dice.chance(0.5) ? '' : `?${String(new URLSearchParams(['court', 'q', 'page', 'answer', 'next', 'choice', 'day', 'sort', 'batch', 'input', '__proto__'].map((name) => [name, text()])))}`)
    const bodies = (): Record<string, () => string | Uint8Array> => ({
      'application/x-www-form-urlencoded': () => String(new URLSearchParams(['token', 'email', 'confirmEmail', 'number', 'action', 'id', 'case', 'password', '__proto__'].map((name) => [name, text()]))),
      'multipart/form-data; boundary=x': () => dice.pick(['--x\r\n', '--x--', 'x', '', '--x\r\nContent-Disposition: form-data; name="__proto__"; filename="\0"\r\n\r\n\0\r\n--x--']),
      'multipart/form-data': () => 'x',
      'application/json': () => dice.pick(['', '{', '[', 'null', '[[[[', '"x"', '['.repeat(50_000), '{"__proto__":{"a":1}}']),
      'application/x-ndjson': () => `${dice.pick(['', '{', 'null', '[]', '5', '{"type":"case"}', '{"type":"nothing"}', '{"type":"docketEntry","case":{}}', '{"__proto__":{"type":"case"}}', '\0'])}\n${text()}`,
      'text/plain': text, '': () => new Uint8Array([0xff, 0xfe, 0x00, 0xc3, 0x28]),
    })
    await service.restart(settings)
    const before = tablesIn(service.databaseFile)
    const wrong: string[] = []
    let underWay: Promise<void>[] = []
    for (let nth = 0; nth < count; nth++) {
      const address = dice.pick(addresses)
      const path = filled(address, text).replaceAll('%', () => (dice.chance(0.01) ? '%zz%' : '%')) + query()
      const method = dice.pick(['GET', 'GET', 'POST', 'POST', 'POST', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])
      const [type, body] = dice.pick(Object.entries(bodies()))
      const isSecret = address === '/api/feed' && dice.chance(0.5)
      // What Next's own scripts say to it.
      const ofNext = dice.chance(0.3) ? { rsc: '1', 'next-router-state-tree': text().replace(/[^\x20-\x7e]/g, '%'), 'next-action': '00', 'next-url': '/x', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' } : {}
      const headers = { ...ofNext, ...(type !== '' && { 'content-type': type }), cookie: `ttc_answer=${encodeURIComponent(text())}; ttc_basket=eyJ; __Host-ttc-session=${encodeURIComponent(text())}`, ...(isSecret && bearing(secrets.FEED_SECRET)) }
      const sent = send(path, { method, headers, ...(method === 'GET' || method === 'HEAD' || method === 'TRACE' ? {} : { body: body() }) })
      underWay.push(sent.then(
        ({ status }) => { if (status >= 500) wrong.push(`${status} of ${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 300)}`) },
        (error: unknown) => { wrong.push(`${String(error)} of ${method} ${path.slice(0, 300)}`) },
      ))
      if (underWay.length === 8) {
        await Promise.all(underWay)
        underWay = []
      }
    }
    await Promise.all(underWay)
    const changed = changedTables(before, tablesIn(service.databaseFile))
    report('S1', `${counted(count)} requests to addresses, ${counted(wrong.length)} answers of 5xx, ${changed.length} tables changed`, wrong.length === 0 && changed.length === 0)
    expect(wrong.slice(0, 10), `seed ${seed}`).toEqual([])
    expect(changed, `seed ${seed}`).toEqual([])
  })

  it('S2: a batch of 1,000 calls, a body of 50 MB and a gzip bomb are refused early, in flat memory', async ({ service }) => {
    const batch = await send(`/api/trpc/${Array.from({ length: 1_000 }, () => 'site.frame').join(',')}?batch=1&input=%7B%7D`)
    const smallBatch = await send(`/api/trpc/${Array.from({ length: 21 }, () => 'site.frame').join(',')}?batch=1&input=%7B%7D`)
    const before = await memoryOf(service.webProcess())
    const routes = [...formNames().map((name) => `/api/forms/${name}`), '/api/trpc/tracking.request', '/api/webhooks/resend', '/api/webhooks/text', '/api/cron/digest', '/api/stop/x', '/api/feed/courtlistener/x']
    const wrong: string[] = []
    let mostSent = 0
    for (const path of routes) {
      const bytes = 50 * megabyte
      const answer = await send(path, { method: 'POST', endlessBytes: bytes, headers: { ...form, 'content-length': bytes } })
      mostSent = Math.max(mostSent, answer.sentBytes)
      if (answer.status !== 413) wrong.push(`${answer.status} of ${path}`)
      const pieces = await send(path, { method: 'POST', endlessBytes: bytes, headers: { ...form, 'transfer-encoding': 'chunked' } })
      if (![411, 401, 413].includes(pieces.status) && !path.startsWith('/api/stop/')) wrong.push(`${pieces.status} of ${path} in pieces`)
      if (!path.startsWith('/api/stop/')) mostSent = Math.max(mostSent, pieces.sentBytes)
    }
    const bomb = gzipSync(new Uint8Array(64 * megabyte), { level: 9 })
    const members = sized(4, 17)
    const fed = await send('/api/feed', { body: Buffer.concat(Array.from({ length: members }, () => bomb)), headers: { ...bearing(secrets.FEED_SECRET), 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' } })
    const docketAlert = await send(`/api/feed/courtlistener/${secrets.FEED_SECRET}`, { body: bomb, headers: { ...json, 'content-encoding': 'gzip' } })
    const wire = await send('/api/feed', { method: 'POST', endlessBytes: 66 * megabyte, headers: { ...bearing(secrets.FEED_SECRET), 'content-type': 'application/x-ndjson', 'transfer-encoding': 'chunked' } })
    const grown = await memoryOf(service.webProcess()) - before
    const said = `${routes.length} addresses, at most ${Math.round(mostSent / 1024)} KB of 50 MB sent; ${members * 64} MB from a bomb of ${Math.round(members * bomb.length / 1024)} KB; memory grew by ${Math.round(grown / megabyte)} MB`
    report('S2', said, wrong.length === 0 && grown < 150 * megabyte && mostSent < 10 * megabyte)
    expect([batch.status, smallBatch.status]).toEqual([400, 400])
    expect(wrong).toEqual([])
    expect(mostSent).toBeLessThan(10 * megabyte)
    expect([fed.status, docketAlert.status]).toEqual([members > 16 ? 413 : 200, 413])
    expect([413, 0]).toContain(wire.status)
    expect(grown).toBeLessThan(150 * megabyte)
  })

  it('S9: one click stops a case in both encodings, ten times, with 200, no cookie and no redirect', async () => {
    const number = newNumber()
    const address = newAddress()
    await enter([aCase(number)])
    await track(number, address)
    await enter([anEntry(number, 'a')])
    await holdEvening()
    const notice = await mailTo(address, `Case ${number}: 1 new entry`)
    const { pathname } = new URL(linkIn(notice, '/api/stop/'))
    const multipart = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    const answers: Answer[] = []
    for (let time = 0; time < 10; time++) {
      answers.push(await send(pathname, { body: 'List-Unsubscribe=One-Click', headers: form }))
      answers.push(await send(pathname, { body: multipart, headers: { 'content-type': 'multipart/form-data; boundary=b' } }))
      answers.push(await send(pathname, { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body: 'x' }))
      // Of a mail program that is a web page of another site.
      answers.push(await send(pathname, { body: 'List-Unsubscribe=One-Click', headers: { ...form, origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' } }))
    }
    const right = answers.filter(({ status, headers, body }) => status === 200 && headers['set-cookie'] === undefined && headers.location === undefined && body === '').length
    report('S9', `${right} of ${answers.length} answers are 200 without cookie or redirect`, right === answers.length)
    expect(right).toBe(answers.length)
    await enter([anEntry(number, 'b')])
    await holdEvening()
    expect(await mailsTo(address)).toHaveLength(2)
  })

  it('S10: posts from other sites, a forged Host or forwarding headers and a next to elsewhere come to nothing', async ({ service }) => {
    const [number, address] = [newNumber(), newAddress()]
    await enter([aCase(number)])
    await track(number, address)
    await register(address)
    const forgeries = [
      { origin: 'https://evil.example' }, { origin: 'null' }, { origin: `${origin()}.evil.example` }, { origin: origin(), 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' }, { host: 'evil.example', origin: 'http://evil.example' }, { host: 'evil.example', origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    ]
    const targets = [...formNames().map((name) => `/api/forms/${name}`), '/api/trpc/account.logOut', '/api/trpc/tracking.request', '/api/trpc/links.stop', '/api/trpc/account.register?batch=1']
    const before = tablesIn(service.databaseFile)
    const wrong: string[] = []
    for (const path of targets) {
      for (const headers of forgeries) {
        const isForm = path.startsWith('/api/forms/')
        const { status } = await send(path, { body: isForm ? fieldsOf('x', address) : '{"json":{}}', headers: { ...(isForm ? form : json), ...headers } })
        if (status !== 403) wrong.push(`${status} of ${path} with ${JSON.stringify(headers)}`)
      }
      // What a page of another site may send without asking.
      if (path.startsWith('/api/trpc/')) {
        for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
          const { status } = await send(path, { body: '{"json":{}}', headers: { 'content-type': type } })
          if (status !== 415) wrong.push(`${status} of ${path} as ${type}`)
        }
        const { status } = await send(`${path.split('?')[0]}?input=%7B%22json%22%3A%7B%7D%7D`, {})
        if (status !== 405) wrong.push(`${status} of GET ${path}`)
      }
    }
    const changed = changedTables(before, tablesIn(service.databaseFile))
    const elsewhere = ['//evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example', 'https:evil.example', 'javascript:alert(1)', 'data:text/html,x', '%2F%2Fevil.example', '/%09/evil.example', '/\t/evil.example', '/..//evil.example', '/.//evil.example', '/%5cevil.example', 'http://[', '//', '///evil.example', ' //evil.example', `@evil.example`]
    for (const next of elsewhere) {
      for (const name of formNames()) {
        const body = String(new URLSearchParams({ email: address, password: 'seven quiet herons', next, back: next, page: next, action: 'x', token: 'x', number: '1' }))
        const { headers: { location } } = await send(`/api/forms/${name}`, { body, headers: form })
        if (location !== undefined && !isOwnLocation(location)) wrong.push(`${name} leads to ${location}`)
      }
      for (const path of ['/login', ...(isLong ? ['/register', '/unavailable', '/my-cases', '/account', '/my-cases/basket'] : [])]) {
        const { headers: { location }, body } = await send(`${path}?${String(new URLSearchParams({ next, back: next }))}`)
        if (location !== undefined && !isOwnLocation(location)) wrong.push(`${path} leads to ${location}`)
        for (const [, place = ''] of body.matchAll(/<(?:a|form|input|meta)[^>]*(?:href|action|value|content)="([^"]*evil[^"]*)"/g)) {
          if (!isOwnLocation(place)) wrong.push(`${path} leads to ${place} for ${next}`)
        }
      }
    }
    // Links of pages and mail lead to APP_URL, whoever the request says that it was sent to.
    const forged = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '444', forwarded: 'host=evil.example;proto=https', 'x-original-url': '/evil.example', 'x-rewrite-url': '/evil.example', 'x-forwarded-for': '6.6.6.6' }
    for (const address of [...pageAddresses(), '/nowhere', '/feeds/x/cases.atom', `/cases/[number]/docket.atom`, '/robots.txt', '/api/account/data', '/my-cases/export.csv']) {
      const { headers, body, status } = await send(filled(address, () => number), { headers: forged })
      if (/evil\.example/.test(JSON.stringify(headers) + body)) wrong.push(`${address} names the forged host`)
      if (status >= 500) wrong.push(`${status} of ${address} with a forged host`)
    }
    const stranger = newAddress()
    const asked = await send('/api/forms/track', { headers: { ...form, ...forged }, body: String(new URLSearchParams({ number, court, email: stranger, confirmEmail: stranger, action: 'track', altcha: await answerCaptcha() })) })
    const mail = await mailTo(stranger, `Confirm that you want to track case ${number}`)
    if (JSON.stringify(mail).includes('evil.example')) wrong.push('A mail names the forged host')
    const tried = targets.length * forgeries.length + elsewhere.length * (formNames().length + 1)
    report('S10', `${counted(tried)} posts and places to go on to, ${wrong.length} wrong`, wrong.length === 0 && changed.length === 0)
    expect(asked.status).toBe(303)
    expect(wrong).toEqual([])
    expect(changed).toEqual([])
  })

  it('S14: machine addresses answer a constant 401 and nothing else without their secret', async ({ service }) => {
    const machines: readonly { readonly path: string; readonly methods: readonly string[]; readonly right: string | null }[] = [
      { path: '/api/cron/digest', methods: ['POST', 'GET'], right: secrets.CRON_SECRET }, { path: '/api/cron/deliver', methods: ['POST'], right: secrets.CRON_SECRET },
      { path: '/api/feed', methods: ['POST'], right: secrets.FEED_SECRET }, { path: '/api/feed?notices=none', methods: ['POST'], right: secrets.FEED_SECRET },
      { path: '/api/webhooks/resend', methods: ['POST'], right: null }, { path: '/api/webhooks/text', methods: ['POST'], right: null },
      ...(await send('/api/metrics')).status === 404 ? [] : [{ path: '/api/metrics', methods: ['GET'], right: secrets.METRICS_SECRET }],
    ]
    const given = (right: string | null): readonly (string | undefined)[] => {
      const of = right ?? 'none'
      return [
        undefined, '', 'Bearer', 'Bearer ', 'Bearer undefined', 'Bearer null', 'Bearer true', 'Bearer [object Object]', `Basic ${of}`, of, `Bearer ${of.slice(0, -1)}`, `Bearer ${of}x`, `Bearer x${of}`, `Bearer ${of} ${of}`,
        `Bearer ${of.toUpperCase()}`, `Bearer ${'x'.repeat(8_000)}`, `Bearer ${secrets.AUTH_SECRET}`, `Bearer ${right === secrets.CRON_SECRET ? secrets.FEED_SECRET : secrets.CRON_SECRET}`, 'Bearer *', 'bearer',
      ]
    }
    const before = tablesIn(service.databaseFile)
    const wrong: string[] = []
    const shapes = new Set<string>()
    let tried = 0
    for (const { path, methods, right } of machines) {
      for (const method of methods) {
        for (const authorization of given(right)) {
          for (const signature of right === null ? ['', 'undefined', 'v1,', 'v1,AAAA'] : ['']) {
            const signed = signature === '' ? {} : { 'svix-id': 'm', 'svix-timestamp': String(Math.floor(Date.now() / 1000)), 'svix-signature': signature, 'x-twilio-signature': signature }
            const headers = { ...(authorization !== undefined && { authorization }), 'content-type': 'application/x-ndjson', ...signed }
            const { status, body, headers: answered } = await send(path, { method, headers, ...(method === 'POST' && { body: '{}\n' }) })
            tried++
            if (status !== 401 || body !== '' || answered['www-authenticate'] !== undefined) wrong.push(`${status} “${body}” of ${method} ${path} with ${String(authorization).slice(0, 60)}`)
            const { date: _, 'content-security-policy': _policy, ...constant } = answered
            shapes.add(`${path.split('?')[0]} ${JSON.stringify(constant)}`)
          }
        }
      }
    }
    for (const secret of ['', 'undefined', secrets.FEED_SECRET.slice(1), `${secrets.FEED_SECRET}x`, secrets.CRON_SECRET]) {
      const { status, body } = await send(`/api/feed/courtlistener/${secret === '' ? '%20' : secret}`, { body: '{}', headers: json })
      tried++
      if (status !== 401 || body !== '') wrong.push(`${status} “${body}” of CourtListener with ${secret}`)
    }
    const changed = changedTables(before, tablesIn(service.databaseFile))
    report('S14', `${counted(tried)} calls, ${wrong.length} answered otherwise than 401 and nothing`, wrong.length === 0 && changed.length === 0)
    expect(wrong).toEqual([])
    expect(changed).toEqual([])
    // As many kinds of answer as addresses.
    expect([...shapes].map((one) => one.split(' ')[0]).sort()).toEqual([...new Set(machines.map(({ path }) => path.split('?')[0]))].sort())
  })
})

/** Whether a Location stays with us. */
function isOwnLocation(location: string): boolean {
  const url = new URL(location, origin())
  return url.origin === origin() && !/^[/\\]{2}/.test(location) && !url.pathname.startsWith('//')
}
