import { randomInt } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expectAccessible, expectReadable } from './accessible.ts'
import { aCase, anEntry, enter, holdEvening, newNumber } from './court.ts'
import { addDays, courtToday, forenoonOf } from './days.ts'
import { linkIn, mailsTo, mailTo, newAddress, type Mail } from './mailbox.ts'
import { describe, expect, it as itComplains } from './test.ts'
import { askToTrack, press, resultOf, summaryOf, track, typeAddress } from './tracking.ts'

// One after the other: each worker would make all of `Prepared` again.
describe.configure({ mode: 'default' })

/** Made once for each worker: cases with all that a page can show, and mail of one address. */
interface Prepared {
  readonly full: string
  readonly bare: string
  readonly twin: string
  readonly excluded: string
  readonly verification: Mail
  readonly notice: Mail
  /** A notice of a hearing and a payment. */
  readonly reminder: Mail
  readonly report: Mail
  /** The text that verifies a phone. */
  readonly text: Mail
}

const it = itComplains.extend<object, { prepared: Prepared }>({
  prepared: [async ({ browser }, use) => {
    const [full, bare, twin, excluded, timed] = [newNumber(), newNumber(), newNumber(), newNumber(), newNumber()]
    const [address, pending, reminded] = [newAddress(), newAddress(`someone.with.a.long.address.${'x'.repeat(12)}`), newAddress()]
    const phone = `573555${String(randomInt(10_000)).padStart(4, '0')}`
    const inTwoDays = addDays(courtToday(), 2)
    const unbroken = 'Wolframwerkstoffzulieferungsgesellschaft'.repeat(3)
    const event = (id: string, startsAt: string, more: object = {}) =>
      ({ type: 'event', case: full, id, startsAt, kind: 'Settlement conference', place: 'Courtroom 3', judge: 'C. Ansel', ...more })
    const payment = (dueOn: string, more: object = {}) =>
      ({ type: 'payment', case: full, plan: 'P-7', person: 'Farrow, Tobin', dueOn, amountDue: '1250.50', pastDue: '20.00', ...more })
    await enter([
      aCase(full, { caption: `Tobin Farrow, as next friend of the minor children, and others v. Millbrook Tile Works of ${unbroken}` }),
      anEntry(full, 'a', { description: 'Order entred', code: 'ORD', text: `First line.\nSecond line of ${unbroken}.` }),
      anEntry(full, 'b', { code: 'CONT', filedAt: '2026-10-30' }),
      anEntry(full, 'c', { text: 'It was a long sentence to begin with. '.repeat(12) }),
      event('h1', '2036-12-03T09:00:00-06:00', { endsAt: '2036-12-03T12:00:00-06:00' }),
      event('h2', '2036-12-04T09:00:00-06:00', { status: 'cancelled' }),
      event('h3', '2025-12-03T09:00:00-06:00'), event('h4', '2036-12-06T09:00:00-06:00'),
      payment('2036-12-10'), payment('2036-11-10', { status: 'paid', pastDue: '0.00' }), payment('2036-10-10', { status: 'cancelled' }),
      aCase(bare, { status: 'closed', parties: [], judge: '', filedOn: undefined }),
      aCase(twin), aCase(twin, { court: '19-COLE' }),
      aCase(excluded, { court: '4-WORTH' }), aCase(timed),
    ])
    await track(full, address)
    await track(timed, reminded, { eventTwoDays: 'on', paymentTwoDays: 'on', wantsText: 'on', phone })
    await enter([
      anEntry(full, 'a', { description: 'Order entered', code: 'ORD' }), anEntry(full, 'c', { text: 'Short now.' }),
      anEntry(full, 'd'), anEntry(full, 'd', { status: 'voided' }), event('h4', '2036-12-07T13:00:00-06:00'),
      event('h5', forenoonOf(inTwoDays), { case: timed, kind: unbroken }), payment(inTwoDays, { case: timed, person: unbroken }),
    ])
    await holdEvening()
    const notice = await mailTo(address, `Case ${full}: 2 corrected entries, 1 voided entry`)
    const page = await browser.newPage()
    await openForm(page, full)
    await typeAddress(page, address)
    await press(page, 'Tracking Report')
    const report = await mailTo(address, 'Your tracking report')
    await page.close()
    const reminder = await mailTo(reminded, new RegExp(`^Case ${timed}: `))
    const [text] = await mailsTo(`+1${phone}`)
    if (!text) throw new Error('The phone was asked nothing.')
    await use({ full, bare, twin, excluded, notice, reminder, report, text, verification: await askToTrack(bare, pending) })
  }, { scope: 'worker', timeout: 90_000 }],
})

const openForm = (page: Page, number: string) => page.goto(`/cases/${number}/track`)
const seen = (page: Page, words: string) => expect(page.getByRole('main')).toContainText(words)

/** The address with this in a text, which ends where a space does. */
const linkOf = (text: Mail, part: string): string => text.text.split(' ').find((word) => word.includes(part)) ?? ''

type Open = (page: Page, prepared: Prepared) => Promise<unknown>

const pages: Readonly<Record<string, Open>> = {
  'the home page': (page) => page.goto('/'),
  'more ways to search': async (page) => {
    await page.goto('/')
    await page.getByText('More ways to search').click()
  },
  'search results': (page) => page.goto('/search?q=Smith&status=open'),
  'search results of a number': (page, { full }) => page.goto(`/search?q=${full.slice(0, 4)}`),
  'search results without any': (page) => page.goto('/search?q=Qqqqxxxx'),
  'a case': (page, { full }) => page.goto(`/cases/${full}`),
  'a closed case with nothing in it': (page, { bare }) => page.goto(`/cases/${bare}`),
  'parties': (page, { full }) => page.goto(`/cases/${full}/parties`),
  'docket entries, opened': async (page, { full }) => {
    await page.goto(`/cases/${full}/docket`)
    for (const summary of await page.locator('summary').all()) await summary.click()
  },
  'docket entries of which none fits': (page, { full }) => page.goto(`/cases/${full}/docket?filter=Qqqq`),
  'hearings': (page, { full }) => page.goto(`/cases/${full}/events`),
  'payments': (page, { full }) => page.goto(`/cases/${full}/payments`),
  'payments of which there are none': (page, { bare }) => page.goto(`/cases/${bare}/payments`),
  'a choice of courts': (page, { twin }) => page.goto(`/cases/${twin}`),
  'a case that cannot be tracked': (page, { excluded }) => page.goto(`/cases/${excluded}`),
  'the form of a case that cannot be tracked': (page, { excluded }) => openForm(page, excluded),
  'the form': (page, { full }) => openForm(page, full),
  'the form with texts, at work on the captcha': async (page, { full }) => {
    await openForm(page, full)
    await page.getByLabel('Receive text notices').check()
    await expect(page.locator('altcha-widget')).toBeVisible()
  },
  'the form with errors': async (page, { full }) => {
    await openForm(page, full)
    await page.getByLabel('Receive text notices').check()
    await press(page, 'Track This Case')
    await expect(summaryOf(page).getByRole('link')).toHaveCount(3)
  },
  'the answer to a request': async (page, { full }) => {
    await openForm(page, full)
    await typeAddress(page, newAddress())
    await press(page, 'Track This Case')
    await expect(resultOf(page)).toBeVisible()
  },
  'the answer to who asks for a report': async (page, { full }) => {
    await openForm(page, full)
    await typeAddress(page, newAddress())
    await press(page, 'Tracking Report')
    await expect(resultOf(page)).toBeVisible()
  },
  'the page that confirms': (page, { verification }) => page.goto(linkIn(verification, '/confirm/')),
  'a confirmation': async (page, { full }) => {
    await page.goto(linkIn(await askToTrack(full, newAddress()), '/confirm/'))
    await press(page, 'Confirm')
    await expect(resultOf(page)).toBeVisible()
  },
  'the page that confirms a phone': async (page, { text }) => {
    await page.goto(linkOf(text, '/confirm/'))
    await expect(page.getByRole('button', { name: 'Confirm', exact: true })).toBeVisible()
  },
  'the page that stops from a text': async (page, { text }) => {
    await page.goto(linkOf(text, '/stop/'))
    await expect(page.getByRole('button', { name: 'YES', exact: true })).toBeVisible()
  },
  'a confirm link that does not work': async (page) => {
    await page.goto('/confirm/1-1-AAAAAAAAAAAAAAAAAAAAAA')
    await seen(page, 'This link does not work')
  },
  'the page that stops a case': (page, { notice }) => page.goto(linkIn(notice, '/stop/')),
  'a stop': async (page, { notice }) => {
    await page.goto(linkIn(notice, '/stop/').replace('emailAndText', 'textOnly'))
    await press(page, 'YES')
    await expect(resultOf(page)).toBeVisible()
  },
  'a stop link that does not work': async (page) => {
    await page.goto('/stop/1-1-AAAAAAAAAAAAAAAAAAAAAA')
    await seen(page, 'This link does not work')
  },
  'the page that stops all cases': (page, { notice }) => page.goto(linkIn(notice, '/stop-all/')),
  'a tracking report': async (page, { report, full }) => {
    await page.goto(linkIn(report, '/report/'))
    await seen(page, full)
  },
  'a report link that does not work': async (page) => {
    await page.goto('/report/1-1-AAAAAAAAAAAAAAAAAAAAAA')
    await seen(page, 'This link does not work')
  },
  'the mailbox': (page) => page.goto('/mailbox'),
  'a notice in the mailbox': async (page, { notice }) => {
    await page.goto(`/mailbox/${String(notice.id)}`)
    await page.getByText('Headers').press('Enter')
  },
  'a notice of a hearing in the mailbox': (page, { reminder }) => page.goto(`/mailbox/${String(reminder.id)}`),
  'a text in the mailbox': (page, { text }) => page.goto(`/mailbox/${String(text.id)}`),
  'courts': (page) => page.goto('/courts'),
  'help': (page) => page.goto('/help'),
  'accessibility': (page) => page.goto('/accessibility'),
  'privacy': (page) => page.goto('/privacy'),
  'service status': (page) => page.goto('/status'),
}

/** One `main` and one title; then wide, narrow and at night. */
async function inspectPage(page: Page): Promise<void> {
  await expect(page.getByRole('main')).toHaveCount(1)
  await inspect(page)
}

/** Wide, narrow and at night: nothing that axe finds, and no way to scroll sideways. */
async function inspect(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  await expect(page).toHaveTitle(/\S/)
  await expectAccessible(page, 'wide')
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 780 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `width at ${width}`).toBeLessThanOrEqual(width)
  }
  await expectAccessible(page, 'narrow')
  await page.emulateMedia({ colorScheme: 'dark' })
  // Night changes colors and nothing else.
  await expectReadable(page, 'narrow, in the dark')
}

describe('everybody can use', () => {
  for (const [name, open] of Object.entries(pages)) {
    it(name, async ({ page, prepared }) => {
      await open(page, prepared)
      await inspectPage(page)
    })
  }
})

describe('everybody can read', () => {
  for (const name of ['verification', 'notice', 'reminder', 'report'] as const) {
    it(`an e-mail as HTML: the ${name}`, async ({ page, prepared }) => {
      await page.setContent(prepared[name].html)
      await inspect(page)
    })
  }
})

describe('everybody can use', () => {
  it.use({ allowedComplaints: [/status of 404/] })

  it('the page that says that there is none', async ({ page }) => {
    await page.goto('/cases/99NONE-CV1')
    await inspectPage(page)
  })
})
