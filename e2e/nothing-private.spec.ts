import { DatabaseSync } from 'node:sqlite'
import { counted, report } from '../server/testing/torture/scale.ts'
import { password, register } from './account.ts'
import { filled, pageAddresses, routeAddresses, send, type Answer } from './attack.ts'
import { closedUntil } from './closed-until.ts'
import { aCase, anEntry, enter, holdEvening, newNumber, sendToFeed } from './court.ts'
import { linksIn, mailsTo, newAddress } from './mailbox.ts'
import { itOnItsOwn, type OwnService } from './own-service.ts'
import { bearing, secrets } from './secrets.ts'
import { describe, expect } from './test.ts'
import { tokenIn, track } from './tracking.ts'

// What a whole service lets out by the way: headers of its answers, words of its failures, its log and its metrics.
const quietly = { mayFail: true }
const it = itOnItsOwn(quietly)
describe.configure({ mode: 'default' })

const hourMs = 3_600_000
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const internals = /node_modules|\bat \S+ \(|\.tsx?[:)]\d*|SQLITE|sqlite_|select .* from |no such table|drizzle|better-sqlite3|TRPCError|NEXT_|Error:|file:\/\/\//

/** What is missing from an answer, or says too much. */
function faultsOf({ headers, body, status }: Answer, isSecure: boolean): string[] {
  const policy = String(headers['content-security-policy'])
  const needed: readonly (readonly [string, boolean])[] = [
    ['a policy with a nonce', /script-src [^;]*'nonce-[A-Za-z0-9+/=]{22,}'/.test(policy) && /frame-ancestors 'none'/.test(policy) && /object-src 'none'/.test(policy) && /base-uri 'self'/.test(policy)],
    ['unsafe scripts refused', !/script-src [^;]*unsafe/.test(policy)],
    ['nosniff', headers['x-content-type-options'] === 'nosniff'], ['no frames', headers['x-frame-options'] === 'DENY'],
    ['a referrer policy', headers['referrer-policy'] === 'same-origin'], ['a permissions policy', String(headers['permissions-policy']).includes('camera=()')],
    ['no name of the software', headers['x-powered-by'] === undefined && headers.server === undefined],
    ['HSTS over TLS alone', (headers['strict-transport-security'] !== undefined) === isSecure],
    ['no words of the inside', status < 400 || !internals.test(body.replaceAll(/<script\b[^>]*>.*?<\/script>/gs, ''))],
  ]
  return needed.filter(([, isThere]) => !isThere).map(([what]) => what)
}

/** Takes a table away for as long as something is tried: whatever needs it fails as a bug would. */
async function without<T>({ databaseFile }: OwnService, table: string, todo: () => Promise<T>): Promise<T> {
  const alter = (from: string, to: string): void => {
    const database = new DatabaseSync(databaseFile, { timeout: 10_000 })
    database.exec(`alter table ${from} rename to ${to}`)
    database.close()
  }
  alter(table, `${table}_away`)
  try {
    return await todo()
  } finally {
    alter(`${table}_away`, table)
  }
}

describe('a whole service', () => {
  it('S17: bears its headers on every answer, and no answer names the inside', async ({ service }) => {
    const number = newNumber()
    await enter([aCase(number), anEntry(number, 'a')])
    const faults: string[] = []
    let answers = 0
    const nonces: string[] = []
    const look = async (what: string, asked: Promise<Answer>, isSecure = false, status?: number): Promise<void> => {
      const answer = await asked
      answers++
      nonces.push(/'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1] ?? '')
      faults.push(...faultsOf(answer, isSecure).map((fault) => `${what} (${answer.status}): ${fault}`))
      if (status !== undefined && answer.status !== status) faults.push(`${what} is ${answer.status}, not ${status}`)
    }
    const addresses = [...pageAddresses(), ...routeAddresses(), '/robots.txt', '/icon.svg', '/nowhere', '/_next/static/nothing.js', '/favicon.ico']
    for (const address of addresses) {
      const path = filled(address, (name) => (name === 'number' ? number : '1'))
      await look(`GET ${path}`, send(path))
      if (path.startsWith('/api/')) await look(`POST ${path}`, send(path, { body: '', headers: form }))
    }
    const page = await send('/')
    const [script = ''] = /\/_next\/static\/[^"]+\.js/.exec(page.body) ?? []
    await look('a script', send(script), false, 200)
    await look('a script as it was compressed', send(script, { headers: { 'accept-encoding': 'br' } }), false, 200)
    await look('an answer that the browser knows', send('/icon.svg', { headers: { 'if-modified-since': new Date().toUTCString() } }))
    await look('a page by HEAD', send('/', { method: 'HEAD' }), false, 200)
    for (const [path, method, headers, status] of [
      ['/%ff', 'GET', {}, 400], ['/', 'TRACE', {}, 405], ['/', 'POST', { 'content-length': 0 }, 405], ['/api/forms/stop', 'POST', { ...form, 'content-length': 999_999_999 }, 413], ['/api/forms/stop', 'POST', { ...form, 'transfer-encoding': 'chunked' }, 411],
      ['/api/forms/stop', 'POST', { ...form, origin: 'https://evil.example', 'content-length': 0 }, 403], ['/api/trpc/nothing.at.all', 'GET', {}, 404], ['/api/trpc/cases.byNumber?input={', 'GET', {}, 400],
    ] as const) await look(`${method} ${path}`, send(path, { method, headers }), false, status)
    await without(service, 'courts', async () => {
      for (const path of ['/courts', `/cases/${number}`, `/cases/${number}/docket.atom`, '/api/trpc/cases.courts', `/search?q=Farrow`]) await look(`broken ${path}`, send(path), false, 500)
      await look('a broken form', send('/api/forms/track', { body: String(new URLSearchParams({ number, email: 'a@b.example', confirmEmail: 'a@b.example' })), headers: form }), false, 500)
    })
    await service.restart({ ...quietly, profile: closedUntil(Date.now() + 2 * hourMs, Date.now() - hourMs) })
    await look('a page of a closed service', send('/'))
    await look('a search of a closed service', send('/search?q=x'))
    await service.restart({ ...quietly, env: { APP_URL: service.origin.replace('http:', 'https:') } })
    for (const path of ['/', '/login', `/cases/${number}`, '/api/health', '/nowhere', script]) await look(`over TLS ${path}`, send(path), true)
    await look('refused over TLS', send('/', { method: 'TRACE' }), true, 405)
    const origin = service.origin.replace('http:', 'https:')
    const { headers: { 'set-cookie': cookies = [] } } = await send('/api/forms/stop', { body: 'token=x', headers: { ...form, origin } })
    const isGuarded = cookies.length > 0 && cookies.every((cookie) => /^__Host-/.test(cookie) && /; HttpOnly/.test(cookie) && /; Secure/.test(cookie) && /; SameSite=Lax/.test(cookie) && /; Path=\//.test(cookie))
    await service.restart(quietly)
    const isFresh = new Set(nonces).size === nonces.length
    report('S17', `${counted(answers)} answers, ${faults.length} faults`, faults.length === 0 && isFresh && isGuarded)
    expect(faults).toEqual([])
    expect(isFresh).toBe(true)
    expect(cookies.join(' '), 'cookies over TLS').toMatch(/^__Host-/)
    expect(isGuarded).toBe(true)
  })

  it('S18: writes no address, phone, token or word of a docket into its log or metrics', async ({ service }) => {
    const [number, other] = [newNumber(), newNumber()]
    const address = newAddress('canaryreader')
    const phone = '573-555-0187'
    const words = { caption: 'Canarycaption v. Millbrook', text: 'Canarydocket text of the court', description: 'Canarymotion filed' }
    await enter([aCase(number, { caption: words.caption }), aCase(other, { caption: words.caption })])
    await send('/search?q=Canarysearch&court=canarycourt')
    await track(number, address, { wantsText: 'on', phone })
    await register(address)
    await enter([anEntry(number, 'a', words)])
    await holdEvening()
    const logIn = (typed: string) => send('/api/forms/log-in', { headers: form, body: String(new URLSearchParams({ email: address, password: typed })) })
    await logIn('canarywrong password')
    const session = String((await logIn(password)).headers['set-cookie']?.[0]).split(';')[0] ?? ''
    const asOwner = { ...form, cookie: session }
    const act = (path: string, fields: Record<string, string>) => send(`/api/forms/${path}`, { headers: asOwner, body: String(new URLSearchParams(fields)) })
    const database = new DatabaseSync(service.databaseFile, { readOnly: true })
    const id = String(database.prepare('select id from subscriptions').get()?.['id'])
    database.close()
    await act('my-cases', { action: 'options', case: id, note: 'Canarynote of mine' })
    await act('searches', { action: 'save', name: 'Canaryname', search: '/search?q=Canarysearch' })
    await act('feeds', { feed: 'atom', act: 'make' })
    for (const path of ['/my-cases', '/account', '/my-cases/sent', '/my-cases/searches', '/my-cases/feeds', '/my-cases/export.csv', '/api/account/data', `/cases/${number}/docket?filter=Canarysearch`]) await send(path, { headers: { cookie: session } })
    const links = (await mailsTo(address)).flatMap(linksIn)
    for (const link of links) await send(new URL(link).pathname)
    const tokens = [...new Set(links.map(tokenIn).filter((token) => token.length > 20))]
    // Now what nobody expects: each of these fails as a bug does, with what was asked in its error.
    const input = encodeURIComponent(JSON.stringify({ json: { token: tokens[0], purpose: 'stop' } }))
    for (const table of ['subscribers', 'subscriptions', 'docket_entries', 'name_words', 'name_pairs', 'saved_searches', 'message_contents', 'accounts']) {
      await without(service, table, async () => {
        await Promise.all([
          send('/search?q=Canarysearch'), send('/search?q=Canarysearch+Canaryname'), send(`/cases/${number}/docket?filter=Canarysearch`), send(`/api/trpc/links.describe?input=${input}`), send(new URL(links[0] ?? '').pathname), logIn('canarywrong password'),
          act('forgot', { email: address, altcha: 'x' }), act('my-cases', { action: 'options', case: id, note: 'Canarynote of mine' }), act('searches', { action: 'save', name: 'Canaryname', search: '/search?q=Canarysearch' }),
          act('stop', { token: tokens[0] ?? '' }), act('confirm', { token: tokens[0] ?? '' }), send('/my-cases', { headers: { cookie: session } }),
          sendToFeed({ body: `${JSON.stringify(anEntry(number, `b-${table}`, words))}\n{"type":"Canarydocket"\n` }),
          sendToFeed({ body: `${JSON.stringify(aCase(newNumber(), { caption: words.caption }))}\n` }),
        ])
      })
    }
    const lost = new DatabaseSync(service.databaseFile, { timeout: 10_000 })
    lost.exec("create trigger lost before update on subscriptions begin select raise(abort, (select 'lost ' || email || ' +15735550187' from subscribers limit 1)); end")
    await act('stop', { token: tokens.find((token) => links.some((link) => link.includes(`/stop/${token}`))) ?? '' })
    lost.exec('drop trigger lost')
    lost.close()
    await holdEvening()
    const metrics = await send('/api/metrics', { headers: bearing(secrets.METRICS_SECRET) })
    const canaries = ['canary', address, '5735550187', '573-555-0187', 'Millbrook', password, session.split('=')[1] ?? '', ...tokens, ...Object.values(secrets)]
    const written = [...service.logged, ...(metrics.status === 200 ? [metrics.body] : [])].join('\n')
    const seen = canaries.filter((canary) => written.toLowerCase().includes(canary.toLowerCase()))
    const failures = service.logged.filter((line) => line.includes('"level":50')).length
    report('S18', `${seen.length} of ${counted(canaries.length)} canaries in ${counted(service.logged.length)} lines of log with ${counted(failures)} failures${metrics.status === 200 ? ' and the metrics' : ''}`, seen.length === 0 && failures > 5)
    expect(service.logged.filter((line) => seen.some((canary) => line.toLowerCase().includes(canary.toLowerCase()))).slice(0, 5)).toEqual([])
    expect(seen).toEqual([])
    // They did fail, and were written down.
    expect(failures).toBeGreaterThan(5)
    expect(tokens.length).toBeGreaterThan(3)
  })
})
