import { counted, isLong, report, seed, sized } from '../server/testing/torture/scale.ts'
import { diceFor } from '../server/domain/demo/dice.ts'
import { logIn, password, register, takeSession } from './account.ts'
import { changedTables, send, tablesIn } from './attack.ts'
import { answerCaptcha } from './captcha.ts'
import { aCase, anEntry, enter, holdEvening, newNumber } from './court.ts'
import { addDays, courtToday, forenoonOf } from './days.ts'
import { linkIn, linksIn, mailsTo, mailTo, newAddress, type Mail } from './mailbox.ts'
import { itOnItsOwn } from './own-service.ts'
import { describe, expect } from './test.ts'
import { askToTrack, press, tokenIn, track } from './tracking.ts'

// Attacks that need a browser: one that opens links by itself, one that meets script, and one whose cookies are looked at.
const it = itOnItsOwn()
describe.configure({ mode: 'default' })

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Every address in a mail or text, the one-click one included. */
const addressesIn = (mail: Mail): string[] => (mail.channel === 'text' ? mail.text.match(/https?:\S+/g) ?? [] : [...linksIn(mail), ...(mail.html.match(/(?:src|action|background)="[^"]+"/g) ?? []).map((one) => one.replace(/^[^"]*"|"$/g, '')).filter((one) => one.startsWith('http'))])

describe('a mail scanner', () => {
  it.use({ allowedComplaints: [/status of 40[45]/] })

  it('S8: opens every link of every kind of message with GET and HEAD and runs its scripts, and changes nothing', async ({ page, service }) => {
    const [number, watched] = [newNumber(), newNumber()]
    const [address, pending, phone] = [newAddress(), newAddress(), '573-555-0143']
    await enter([aCase(number)])
    await track(number, address, { wantsText: 'on', phone, eventTwoDays: 'on', paymentTwoDays: 'on' })
    const [phoneMail] = await mailsTo('+15735550143')
    await register(address)
    await takeSession(page, address)
    const session = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const act = (path: string, fields: Record<string, string>, cookie = session) => send(`/api/forms/${path}`, { headers: { ...form, cookie }, body: String(new URLSearchParams(fields)) })
    await act('searches', { action: 'save', name: 'Farrow', search: `/search?q=${watched}` })
    await act('account-address', { email: newAddress(), password })
    await act('searches', { action: 'watch', id: '1' })
    for (const [path, fields] of [
      ['forgot', { email: address }], ['register', { email: address }], ['register', { email: pending }], ['forgot', { email: newAddress() }], ['track', { number, email: address, confirmEmail: address, action: 'report' }],
    ] as const) await act(path, { ...fields, password, altcha: await answerCaptcha() }, '')
    const twoDaysOn = addDays(courtToday(), 2)
    await enter([
      anEntry(number, 'a'), { type: 'event', case: number, id: 'h', startsAt: forenoonOf(twoDaysOn), kind: 'Trial' }, { type: 'payment', case: number, plan: 'P', person: 'F', dueOn: twoDaysOn, amountDue: '5.00', pastDue: '0.00' }, aCase(watched),
    ])
    await askToTrack(number, newAddress())
    await holdEvening()
    await mailTo(address, new RegExp(`^Case ${number}: 1 new entry`))
    const all = (await (await page.request.get('/api/mailbox')).json()) as Mail[]
    const links = [...new Set([...all, ...(phoneMail ? [phoneMail] : [])].flatMap(addressesIn))].filter((one) => one.startsWith(service.origin))
    const kinds = new Set(links.map((link) => new URL(link).pathname.split('/').slice(1, new URL(link).pathname.startsWith('/api/') ? 3 : 2).join('/')))
    const before = tablesIn(service.databaseFile)
    const statuses: number[] = []
    for (const link of links) {
      const { pathname, search } = new URL(link)
      for (const method of ['GET', 'HEAD']) statuses.push((await send(pathname + search, { method, headers: { cookie: session, 'user-agent': 'Mozilla/5.0 (compatible; MailScanner)' } })).status)
    }
    // With its scripts: all of them in the long form, one of each kind in the short.
    const opened = isLong ? links : [...kinds].flatMap((kind) => links.find((link) => new URL(link).pathname.startsWith(`/${kind}`)) ?? [])
    for (const link of opened) {
      // Each in a page of its own: after one that shows nothing the browser goes to its own error page, whenever it gets to it.
      const opening = await page.context().newPage()
      // The address of one click shows a browser nothing, and a calendar is a file.
      await opening.goto(link).catch((error: unknown) => { if (!/ERR_HTTP_RESPONSE_CODE_FAILURE|Download is starting/.test(String(error))) throw error })
      await opening.waitForTimeout(sized(50, 1_000))
      await opening.close()
    }
    const changed = changedTables(before, tablesIn(service.databaseFile))
    report('S8', `${changed.length === 0 ? '0 rows' : changed.join(', ')} changed by ${counted(links.length)} links of ${all.length} messages, ${opened.length} of them with their scripts`, changed.length === 0)
    expect(changed).toEqual([])
    expect(statuses.filter((status) => status >= 500)).toEqual([])
    for (const kind of ['confirm', 'stop', 'stop-all', 'api/stop', 'report', 'reset', 'cases', 'stop-watch']) expect([...kinds], kind).toContain(kind)
  })
})

const scripts = [
  '<script>window.__ran=1</script>', '<img src=x onerror="window.__ran=1">', '<svg onload=window.__ran=1>', '"><script>window.__ran=1</script>', "'\"><img src=x onerror=window.__ran=1>", '</script><script>window.__ran=1</script>', '</title><script>window.__ran=1</script>',
  '<iframe srcdoc="<script>parent.__ran=1</script>"></iframe>', '<a href="javascript:window.__ran=1">x</a>', 'javascript:window.__ran=1', '<body onload=window.__ran=1>', '<style>@import "//evil.example"</style>', '<base href="//evil.example/">', '<form action="//evil.example">', '{{constructor.constructor("window.__ran=1")()}}',
  '${window.__ran=1}', '<math><mtext></table></mtext><script>window.__ran=1</script>', '<!--><script>window.__ran=1</script>', '<script src="data:text/javascript,window.__ran=1"></script>', '<object data="javascript:window.__ran=1">', '\u2028<script>window.__ran=1</script>', '<meta http-equiv=refresh content="0;url=//evil.example">', '<svg><script>window.__ran=1</script></svg>',
]

describe('script', () => {
  it.use({ allowedComplaints: [/Blocked script execution in 'about:srcdoc'|status of 404|Content Security Policy/i] })

  it('S12: in docket text, caption and name is inert on pages and in mail, and the policy would stop it besides', async ({ page, service }) => {
    const dice = diceFor(seed, 'scripts')
    const corpus = scripts
    const [number, address] = [newNumber(), newAddress()]
    const all = corpus.join(' ')
    const one = (): string => dice.pick(corpus)
    await enter([aCase(number, { caption: `Zeller ${all}`.slice(0, 900), judge: one(), parties: corpus.map((name) => ({ name, role: one(), attorney: one() })) })])
    await track(number, address, { eventTwoDays: 'on', paymentTwoDays: 'on' })
    const twoDaysOn = addDays(courtToday(), 2)
    await enter([
      ...corpus.map((text, nth) => anEntry(number, `e${nth}`, { code: text.slice(0, 20), description: text, text })),
      { type: 'event', case: number, id: 'h', startsAt: forenoonOf(twoDaysOn), kind: one(), place: one(), judge: one() }, { type: 'payment', case: number, plan: one(), person: one(), dueOn: twoDaysOn, amountDue: '5.00', pastDue: '0.00' },
    ])
    await holdEvening()
    const notice = await mailTo(address, new RegExp(`^Case ${number}: `))
    const { id } = notice
    const outside: string[] = []
    page.context().on('request', (asked) => {
      if (!/^(data|blob|about):/.test(asked.url()) && new URL(asked.url()).origin !== service.origin) outside.push(asked.url())
    })
    const ran: string[] = []
    const pages = ['', '/parties', '/docket', '/events', '/payments', '/track'].map((tab) => `/cases/${number}${tab}`)
    const searches = [`/search?q=Zeller`, ...(isLong ? corpus : corpus.slice(0, 4)).map((text) => `/search?q=${encodeURIComponent(text)}`), `/cases/${encodeURIComponent(one())}`, `/login?next=${encodeURIComponent('javascript:window.__ran=1')}`]
    for (const path of [...pages, ...searches, `/mailbox/${id}`]) {
      await page.goto(path)
      const found = await page.evaluate(() => ('__ran' in window ? 'ran' : document.querySelector('script[src^="data:"], [onerror], [onload], base[href*="evil"], form[action*="evil"], a[href^="javascript:"]')?.outerHTML ?? ''))
      if (found !== '') ran.push(`${path}: ${found}`)
    }
    // The mail by itself, as a program without any policy shows it.
    const bare = await page.context().newPage()
    await bare.setContent(notice.html)
    const inMail = await bare.evaluate(() => ('__ran' in window ? 'ran' : document.querySelector('script, iframe, object, base, form, svg, [onerror], [onload], a[href^="javascript:"]')?.outerHTML ?? ''))
    if (inMail !== '') ran.push(`mail: ${inMail}`)
    // What if a page let it through all the same: the policy stops it.
    await page.goto('/')
    const stopped = await page.evaluate(async () => {
      const place = document.createElement('div')
      place.innerHTML = '<img src="x" onerror="window.__ran=1"><a id="js" href="javascript:window.__ran=1">x</a><svg onload="window.__ran=1"></svg><iframe srcdoc="&lt;script>parent.__ran=1&lt;/script>"></iframe>'
      document.body.append(place)
      const inline = document.createElement('div')
      document.body.append(inline)
      inline.insertAdjacentHTML('beforeend', '<script>window.__ran=1</script>')
      document.querySelector<HTMLAnchorElement>('#js')?.click()
      await new Promise((resume) => setTimeout(resume, 500))
      return !('__ran' in window)
    })
    const isMet = ran.length === 0 && outside.length === 0 && stopped
    report('S12', `${corpus.length} scripts on ${pages.length + searches.length + 1} pages and in mail: ${ran.length} ran`, isMet)
    expect(ran).toEqual([])
    expect(outside).toEqual([])
    expect(stopped, 'the policy stops what is injected').toBe(true)
  })
})

describe('a session', () => {
  it('S16: cannot be fixed beforehand, and is dead at once after logging out, another password or another address', async ({ page, context, browser, service }) => {
    const address = newAddress()
    const [next, other] = [newAddress(), `${password} anew`]
    await register(address)
    const name = '__Host-ttc-session'
    const faults: string[] = []
    const cookieOf = async () => (await context.cookies()).find((one) => one.name === name)
    const isAlive = async (value: string): Promise<boolean> => (await send('/api/trpc/account.me', { headers: { cookie: `${name}=${value}` } })).body.includes(address) || (await send('/my-cases', { headers: { cookie: `${name}=${value}` } })).status === 200
    // One that an attacker knows, planted before the log-in.
    const planted = 'attackers-own-value.AAAA'
    const logInWith = (typed: string, email = address) => send('/api/forms/log-in', { headers: { ...form, cookie: `${name}=${planted}` }, body: String(new URLSearchParams({ email, password: typed })) })
    const answer = await logInWith(password)
    const set = (answer.headers['set-cookie'] ?? []).find((one) => one.startsWith(`${name}=`)) ?? ''
    if (set.includes(planted)) faults.push('the planted session was taken over')
    for (const flag of [/; *HttpOnly/i, /; *Secure/i, /; *SameSite=(Lax|Strict)/i, /; *Path=\/(;|$)/i]) if (!flag.test(set)) faults.push(`the cookie has no ${flag.source}`)
    if (/; *Domain=/i.test(set)) faults.push('the cookie is of a domain')
    if (await isAlive(planted)) faults.push('the planted session is alive')
    await page.goto('/')
    await logIn(page, address)
    const first = await cookieOf()
    if (!first || !first.httpOnly || !first.secure || first.sameSite === 'None' || first.path !== '/') faults.push(`the browser has ${JSON.stringify(first)}`)
    if (await page.evaluate(() => document.cookie.includes('session'))) faults.push('a script reads the cookie')
    const value = first?.value ?? ''
    if (!await isAlive(value)) faults.push('the session is not alive')
    await page.goto('/account')
    await press(page, 'Log out')
    await page.waitForURL((url) => url.pathname === '/')
    if (await isAlive(value)) faults.push('it is alive after logging out')
    await page.goBack()
    // The page that was gone back to may be on its way to the log-in by itself.
    await expect(() => page.reload()).toPass()
    if ((await page.content()).includes(address)) faults.push('the page of before is shown after logging out')

    const valueOf = (headers: { readonly 'set-cookie'?: string[] | undefined }): string => /=([^;]+)/.exec((headers['set-cookie'] ?? []).find((one) => one.startsWith(`${name}=`)) ?? '')?.[1] ?? ''
    let mine = valueOf((await logInWith(password)).headers)
    const elsewhere = valueOf((await logInWith(password)).headers)
    if (mine === elsewhere || mine === value) faults.push('two log-ins share a session')
    const post = (path: string, fields: Record<string, string>) => send(`/api/forms/${path}`, { headers: { ...form, cookie: `${name}=${mine}` }, body: String(new URLSearchParams(fields)) })
    /** What changes the account goes on by another cookie, and who copied the one before has nothing. */
    const change = async (what: string, path: string, fields: Record<string, string>): Promise<void> => {
      const [before, { headers }] = [mine, await post(path, fields)]
      mine = valueOf(headers)
      if (!await isAlive(mine)) faults.push(`the session is not alive after ${what}`)
      if (await isAlive(before)) faults.push(`its copied cookie is alive after ${what}`)
    }
    await change('a new password', 'account-password', { password, newPassword: other })
    if (await isAlive(elsewhere)) faults.push('another session is alive after a new password')
    if (!(await logInWith(password)).headers.location?.startsWith('/login')) faults.push('the old password still opens')
    const third = valueOf((await logInWith(other)).headers)
    await post('account-address', { email: next, password: other })
    const mail = await mailTo(next, /confirm/i)
    await change('a new address', 'confirm', { token: tokenIn(linkIn(mail, '/confirm/')) })
    if (await isAlive(third)) faults.push('another session is alive after a new address')
    const stranger = await browser.newContext({ baseURL: service.origin })
    if ((await stranger.cookies()).length > 0) faults.push('a stranger has cookies')
    await stranger.close()
    report('S16', faults.length === 0 ? 'dead at once after each of 3, flags all there' : faults.join(', '), faults.length === 0)
    expect(faults).toEqual([])
  })
})
