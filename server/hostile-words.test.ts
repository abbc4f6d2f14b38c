import { domainToASCII } from 'node:url'
import ICAL from 'ical.js'
import PostalMime, { type Email } from 'postal-mime'
import { SaxesParser } from 'saxes'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { phones, subscriptions } from '../db/schema.ts'
import { atomFeed } from './adapters/atom-feed.ts'
import { createSmtpMailer } from './adapters/smtp-mailer.ts'
import { listCalendarHearings } from './domain/calendar/list-calendar-hearings.ts'
import { readCaseFeed, readDocketFeed } from './domain/cases/docket-feeds.ts'
import { diceFor, type Dice } from './domain/demo/dice.ts'
import { calendarFile } from './delivery/calendar-file.ts'
import { deliverOutbox } from './delivery/deliver-outbox.ts'
import { runEvening } from './evening/run-evening.ts'
import { takeFeed } from './take-feed.ts'
import { aContext, callerIn, openCaptcha, testLinkKeys } from './testing/a-context.ts'
import { putTestAccount } from './testing/put-account.ts'
import { createKeptLog } from './testing/stub-mailer.ts'
import { createStubTexter } from './testing/stub-texter.ts'
import { counted, report, seed, sized } from './testing/torture/scale.ts'
import { openWorld, type World } from './testing/world.ts'

// What courts and visitors write goes through the feed, an evening and a real relay, and what leaves is read by parsers of others.

const pieces = [
  '\r\nBcc: all@evil.example', '\nBcc: all@evil.example', '\r', '\n', '\r\n\r\n', '\u2028Cc: a@evil.example', '\u0085', '\u0001', '\u001b[2J', '\u007f', '\u009b', ',', ';', ':', '"', "'", '\\', '\\n', '<b@evil.example>', ', b@evil.example',
  '\u202e', '\u2066', '\u200f', '\u061c', '\ufeff', '=1+1', '@SUM(A1)', '-1', '+1', '\t=1', '=?utf-8?Q?=0D=0ABcc:_x@evil.example?=', '\r\nEND:VEVENT\r\nATTENDEE:mailto:x@evil.example', 'BEGIN:VALARM', ']]>', '<!--', '&#13;', '&#0;', '<![CDATA[', '<entry>',
  '</content>', '%0d%0aBcc:', '審é', '👩', '\udc00', '\ud83d', 'Harbor', 'a'.repeat(200), '.', '\r\n.\r\n', 'http://evil.example',
]
const hostile = (dice: Dice): string => `H${Array.from({ length: dice.between(1, 5) }, () => dice.pick(pieces)).join(dice.pick(['', ' ']))}`
const steering = /[^\P{Cc}\n\t]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

interface Taken {
  readonly to: readonly string[]
  readonly mail: Email
}

let world: World
let accountId: number
let server: SMTPServer
const taken: Taken[] = []
const owner = 'pat@mail.example'
beforeAll(async () => {
  world = await openWorld()
  accountId = await putTestAccount(world, owner)
  server = new SMTPServer({
    authOptional: true, disableReverseLookup: true, disabledCommands: ['STARTTLS'], logger: false,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          taken.push({ to: envelope.rcptTo.map(({ address }) => address), mail })
          done(null, 'OK')
        }, done)
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(resolve))
  await world.close()
})

const caller = (context: object = {}) => callerIn(aContext(world, { accountId, captcha: openCaptcha, ...context }))

async function feed(records: readonly object[]): Promise<void> {
  const body = new Response(records.map((record) => `${JSON.stringify(record)}\n`).join('')).body
  const answer = await takeFeed({ workplace: world.workplace, site: world.site }, body, { isGzip: false, isQuiet: false })
  // Half a character is none: such a line is not UTF-8 and is refused by itself.
  if (answer.kind !== 'report') throw new Error(answer.reason)
}

async function deliver(texter = createStubTexter()) {
  const address = server.server.address()
  const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, requestsPerSecond: null })
  await deliverOutbox({ workplace: world.workplace, profile: world.profile, mailer, texter, linkKeys: testLinkKeys, log: createKeptLog(), workerName: 'test' })
  await mailer.close()
  return texter.texts
}

const knownHeaders = /^(from|to|subject|message-id|date|mime-version|content-type|content-transfer-encoding|list-unsubscribe|list-unsubscribe-post|auto-submitted|list-id|precedence|x-auto-response-suppress|feedback-id|reply-to|x-message-key|x-entity-ref-id)$/

function faultsOfMail({ to, mail }: Taken): string[] {
  const names = mail.headers.map(({ key }) => key)
  return [
    to.length !== 1 && `it has ${to.length} recipients`,
    JSON.stringify(mail.to) !== JSON.stringify([{ address: (to[0] ?? '').replace(/@(.*)$/, (_, domain: string) => `@${domainToASCII(domain)}`), name: '' }]) && `it is to ${JSON.stringify(mail.to)}`,
    (mail.cc ?? mail.bcc) !== undefined && 'it has copies',
    new Set(names).size !== names.length && `a header is there twice: ${names.join(' ')}`,
    ...names.filter((name) => !knownHeaders.test(name)).map((name) => `it has a header ${name}`),
    (steering.test(mail.subject ?? '') || /[\r\n\t]/.test(mail.subject ?? '')) && `its subject is ${JSON.stringify(mail.subject)}`,
    mail.from?.address !== 'ttc@example.gov' && `it is from ${JSON.stringify(mail.from)}`,
    ...[mail.text, mail.html].map((part = '') => steering.exec(part.replaceAll('\r\n', '\n'))).map((found) => found && `it steers: ${JSON.stringify(found.input.slice(Math.max(0, found.index - 40), found.index + 20))}`),
    ...mail.attachments.flatMap(({ filename, mimeType, content }) => (mimeType === 'text/calendar' && /^hearings?\.ics$/.test(filename ?? '')
      ? faultsOfCalendar(typeof content === 'string' ? content : new TextDecoder().decode(content)) : [`it has a file ${filename} of ${mimeType}`])),
  ].filter((fault) => typeof fault === 'string')
}

function faultsOfCalendar(content: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(content) as unknown[])
  const allowed = ['version', 'prodid', 'method', 'uid', 'sequence', 'dtstamp', 'dtstart', 'dtend', 'summary', 'location', 'description', 'url', 'status']
  const events = calendar.getAllSubcomponents()
  const properties = [calendar, ...events].flatMap((component) => component.getAllProperties())
  return [
    ...events.filter((event) => event.name !== 'vevent' || event.getAllSubcomponents().length > 0).map((event) => `it holds a ${event.name} of more`),
    ...properties.filter(({ name }) => !allowed.includes(name)).map(({ name }) => `it has ${name}`),
    ...properties.filter((property) => steering.test(String(property.getFirstValue()))).map(({ name }) => `its ${name} steers`),
  ]
}

function faultsOfAtom(xml: string): string[] {
  const faults: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => faults.push(error.message))
  parser.on('opentag', ({ name }) => {
    if (!['feed', 'id', 'title', 'updated', 'author', 'name', 'link', 'subtitle', 'entry', 'content', 'published', 'summary', 'generator', 'rights'].includes(name)) faults.push(`it has ${name}`)
  })
  parser.on('text', (text) => {
    if (steering.test(text)) faults.push(`it steers: ${JSON.stringify(text)}`)
  })
  parser.write(xml).close()
  return faults
}

describe('S11: hostile words in every field', () => {
  it('come out of mail, texts, calendars and feeds as words, to one recipient, with no header more', async () => {
    const dice = diceFor(seed, 'hostile words')
    const rounds = sized(2, 40)
    const faults: string[] = []
    let [files, sent] = [0, 0]
    const tracked = await caller().myCases.feeds.show()
    expect(tracked.atom).toBeNull()
    for (let round = 0; round < rounds; round++) {
      const hostiles = Array.from({ length: 8 }, (_, nth) => ({ number: `${round}-${nth} ${hostile(dice)}`.toWellFormed().slice(0, 60).trim(), court: '13-BOONE' }))
      const word = (): string => hostile(dice).toWellFormed()
      const onDay = (day: number): string => `2026-12-0${day}T09:00:00-06:00`
      await feed(hostiles.map(({ number, court }) => ({ type: 'case', number, court, caption: word(), caseType: word(), judge: word(), parties: [{ name: word(), role: word(), attorney: word() }] })))
      const options = { eventTenDays: true, eventTwoDays: true, paymentTwoDays: true }
      await caller().myCases.several.track({ lines: hostiles, options })
      const { cases } = await caller().myCases.list({})
      for (const one of cases) await caller().myCases.options({ ids: [one.subscription], options, note: word() })
      await world.work(async ({ tx, now }) => {
        await tx.insert(phones).values({ number: '+15735550123', carrier: null, createdAt: now }).onConflictDoNothing()
        await tx.update(subscriptions).set({ phoneId: 1, textState: 'active', textActiveAfter: 0 })
      })
      world.clock.passMinutes(1)
      await feed(hostiles.flatMap(({ number, court }, nth) => [
        { type: 'docketEntry', case: number, court, id: 'e', filedAt: '2026-11-20', code: word(), description: word(), text: word() },
        { type: 'event', case: number, court, id: 'h', startsAt: onDay(1 + nth), kind: word(), place: word(), judge: word() },
        { type: 'payment', case: number, court, plan: word(), person: word(), dueOn: '2026-11-22', amountDue: '50.00', pastDue: '0.00' },
      ]))
      await runEvening(world.workplace, world.site, { mayBeFuture: true })
      const texts = await deliver()
      faults.push(...texts.filter(({ body }) => steering.test(body)).map(({ body }) => `a text: ${JSON.stringify(body)}`))
      const account = (await world.rows(`select subscriber_id as id from accounts where id = ${accountId}`))[0]
      const subscriberId = Number(account?.['id'])
      const calendar = calendarFile('Track This Case', await listCalendarHearings(world.reading(), world.site.origin, subscriberId))
      faults.push(...faultsOfCalendar(calendar.content).map((fault) => `the calendar: ${fault}`))
      faults.push(...faultsOfAtom(atomFeed(await readCaseFeed(world.reading(), world.site, { subscriberId, address: `${world.site.origin}/feeds/x/cases.atom` }))).map((fault) => `the feed: ${fault}`))
      for (const name of hostiles) faults.push(...faultsOfAtom(atomFeed(await readDocketFeed(world.reading(), world.site, name))).map((fault) => `the docket: ${fault}`))
      files += 2 + hostiles.length
      sent += texts.length
      world.clock.passMinutes(24 * 60)
    }
    faults.push(...taken.flatMap((one) => faultsOfMail(one).map((fault) => `“${one.mail.subject}”: ${fault}`)))
    report('S11', `${counted(taken.length)} e-mails with ${counted(taken.filter(({ mail }) => mail.attachments.length > 0).length)} calendars, ${counted(sent)} texts, ${counted(files)} feeds and calendars read by real parsers: ${counted(faults.length)} faults`, faults.length === 0)
    expect([...new Set(faults)].slice(0, 20), `seed ${seed}`).toEqual([])
    expect(taken.length).toBeGreaterThan(rounds * 7)
    expect(taken.some(({ mail }) => mail.attachments.length > 0)).toBe(true)
    expect(sent).toBeGreaterThan(rounds * 7)
  })

  it('typed as an address reach one recipient or nobody', async () => {
    const before = taken.length
    const addresses = [
      'a@b.example\r\nBcc: c@evil.example', 'a@b.example,c@evil.example', 'a@b.example;c@evil.example', '<a@b.example>', '"a" <a@b.example>', 'a@b.example c@evil.example', 'a@evil.example@b.example', '"a b"@b.example', 'a@b.example\0', 'a\u202e@b.example',
      '(c@evil.example)a@b.example', 'a@[127.0.0.1]', 'a@b.example\u2028', 'group:a@b.example,c@evil.example;', "o'neil+tag@b.example", 'é@b.example', 'a@bücher.example', 'a%c@evil.example@b.example', '=1+1@b.example',
    ]
    for (const [nth, email] of addresses.entries()) {
      const form = { email, confirmEmail: email, wantsText: false, phone: '', carrier: '', eventTenDays: false, eventTwoDays: false, paymentTwoDays: false }
      await caller({ clientAddress: `10.0.0.${nth}` }).tracking.requestReport({ number: 'x', form, captcha: 'x' }).catch(() => undefined)
    }
    await deliver()
    const reached = taken.slice(before)
    const faults = reached.flatMap(faultsOfMail)
    report('S11', `${addresses.length} addresses, ${reached.length} taken, ${faults.length} faults`, faults.length === 0 && reached.every(({ to }) => !String(to).endsWith('@evil.example')))
    expect(faults).toEqual([])
    expect(reached.map(({ to }) => to.join(' ')).filter((to) => to.includes('evil'))).toEqual([])
  })
})
