import type { APIResponse, Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { closedUntil } from './closed-until.ts'
import { aCase, anEntry, court, enter, holdEvening, newNumber } from './court.ts'
import { linkIn, mailsTo, mailTo, newAddress } from './mailbox.ts'
import { itOnItsOwn } from './own-service.ts'
import { bearing, secrets } from './secrets.ts'
import { describe, expect } from './test.ts'
import { askToTrack, press, resultOf, summaryOf, track, typeAddress } from './tracking.ts'

const it = itOnItsOwn()
const zone = 'America/Chicago'
const minute = 60_000

/** The words of that moment, as pages say it. */
const wordsOf = (opens: number): string => {
  const written = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options }).format(opens)
  const time = written({ hour: 'numeric', minute: '2-digit' }).replace('AM', 'a.m.').replace('PM', 'p.m.').replace(/\s/, ' ')
  return `${written({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' })}, at ${time}`
}

const retryAfterOf = (answer: APIResponse): number => Number(answer.headers()['retry-after'])

describe('service hours (I4)', () => {
  it.use({ allowedComplaints: [/status of 503/] })

  it('close the service and open it again, and nothing is lost', async ({ page, context, service }) => {
    it.setTimeout(300_000)
    const [number, other] = [newNumber(), newNumber()]
    const [early, late, waiting, typing] = [newAddress('early'), newAddress('late'), newAddress('waiting'), newAddress('typing')]
    const hearing = { type: 'event', case: number, id: 'h', startsAt: '2036-12-03T09:00:00-06:00', kind: 'Settlement conference' }
    await enter([aCase(number), anEntry(number, 'a'), aCase(other), hearing])
    await track(number, early)
    const confirm = linkIn(await askToTrack(number, late), '/confirm/')
    await enter([anEntry(number, 'b')])
    await holdEvening()
    const stop = linkIn(await mailTo(early, `Case ${number}: 1 new entry`), '/stop/')
    const form = await context.newPage()
    await form.goto(`/cases/${number}/track`)
    await typeAddress(form, typing)
    await form.getByLabel('2 days before a scheduled event').check()

    // What is owed when it closes: nobody delivers it before.
    await service.restart({ hasWorker: false })
    const asking = { number, court, email: waiting, confirmEmail: waiting, action: 'report' }
    await page.goto(`/cases/${number}/track`)
    await typeAddress(page, waiting)
    await press(page, 'Tracking Report')
    await expect(resultOf(page)).toBeVisible()
    expect(await mailsTo(waiting)).toEqual([])

    await page.goto(`/cases/${number}/events`)
    const calendar = await page.getByRole('link', { name: 'Add to calendar' }).getAttribute('href') ?? ''

    const opens = Math.ceil(Date.now() / minute) * minute + 120 * minute
    await service.restart({ profile: closedUntil(opens) })

    await it.step('what waits says when it opens, with the status of who does', async () => {
      for (const path of ['/', '/unavailable', '/search?q=Farrow', `/cases/${number}`, `/cases/${number}/docket`, `/cases/${number}/track`]) {
        const answer = await page.goto(path)
        expect(answer?.status(), path).toBe(503)
        expect(page.url()).toContain(path)
        const seconds = Number(answer?.headers()['retry-after'])
        expect(Math.abs(Date.now() + seconds * 1000 - opens), path).toBeLessThan(10_000)
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sorry, the service is unavailable')
        await expect(page.getByRole('main')).toContainText(`It opens on ${wordsOf(opens)}`)
        await expect(page.getByRole('main')).toContainText('(888) 541-4894')
        await expect(page.getByRole('main')).toContainText('7:30 a.m. to 5 p.m. Monday to Friday except state holidays')
      }
      await expectReadableEverywhere(page)
      expect((await page.request.head(`/cases/${number}`)).status()).toBe(503)
      const query = await page.request.get(`/api/trpc/cases.byNumber?input=${encodeURIComponent(JSON.stringify({ json: { number } }))}`)
      expect(query.status()).toBe(503)
      expect(await query.text()).toContain(wordsOf(opens))
      expect(Math.abs(Date.now() + retryAfterOf(query) * 1000 - opens)).toBeLessThan(10_000)
    })

    await it.step('a form that is filled in stays filled in', async () => {
      await press(form, 'Track This Case')
      await expect(summaryOf(form)).toContainText(`It opens on ${wordsOf(opens)}`)
      await expect(form.getByLabel('E-mail address', { exact: true })).toHaveValue(typing)
      await expect(form.getByLabel('2 days before a scheduled event')).toBeChecked()
    })

    await it.step('a form without JavaScript shows what was typed again', async () => {
      const posted = await page.request.post('/api/forms/track', {
        form: { ...asking, action: 'track', number: other, eventTenDays: 'on' }, maxRedirects: 0,
      })
      expect(posted.status()).toBe(303)
      expect((await page.goto(posted.headers()['location'] ?? ''))?.status()).toBe(503)
      await expect(page.getByRole('main')).toContainText('Your request was not sent. What you typed is still here.')
      await expect(page.getByRole('main')).toContainText(waiting)
      await expectReadableEverywhere(page)
    })

    await it.step('links, one click, feed, outbox and health go on', async () => {
      for (const path of [calendar, '/courts', '/help', '/status', '/privacy', '/accessibility', '/api/health', '/mailbox']) {
        expect((await page.request.get(path)).status(), path).toBe(200)
      }
      const links = await context.newPage()
      await links.goto(confirm)
      await press(links, 'Confirm')
      await expect(resultOf(links)).toHaveText('You are now tracking this case.')
      await links.goto(stop)
      await press(links, 'YES')
      await expect(resultOf(links)).toHaveText('You are no longer tracking this case.')
      const oneClick = stop.replace('/stop/', '/api/stop/')
      expect((await page.request.post(oneClick, { form: { 'List-Unsubscribe': 'One-Click' } })).status()).toBe(200)
      expect((await links.goto('/report/1-1-AAAAAAAAAAAAAAAAAAAAAA'))?.status()).toBe(200)
      await mailTo(waiting, 'Your tracking report')
      await links.goto('/status')
      await expect(links.getByRole('main')).toContainText('Outside service hours now.')
      await links.close()
      await enter([anEntry(number, 'c')])
    })

    await it.step('no evening is held', async () => {
      const asScheduler = { headers: bearing(secrets.CRON_SECRET) }
      const answer = await page.request.post('/api/cron/digest', asScheduler)
      expect(answer.status()).toBe(503)
      expect(Math.abs(Date.now() + retryAfterOf(answer) * 1000 - opens)).toBeLessThan(10_000)
      expect((await page.request.post('/api/cron/digest')).status()).toBe(401)
      expect((await page.request.post('/api/cron/deliver', asScheduler)).status()).toBe(200)
      expect((await mailsTo(late)).map(({ subject }) => subject)).toHaveLength(1)
    })

    await it.step('it opens by itself, and all goes on where it was left', async () => {
      // A busy machine may take a while to restart it.
      const soon = Math.ceil((Date.now() + 30_000) / minute) * minute
      await service.restart({ profile: closedUntil(soon) })
      expect((await page.request.get('/')).status()).toBe(503)
      await expect.poll(async () => (await page.request.get('/')).status(), { timeout: 2 * minute, intervals: [500] }).toBe(200)
      expect(Date.now()).toBeGreaterThanOrEqual(soon - 1000)

      await press(page, 'Go on with this request')
      await expect(page.getByLabel('E-mail address', { exact: true })).toHaveValue(waiting)
      await expect(page.getByLabel('10 days before a scheduled event')).toBeChecked()
      await expect(summaryOf(page)).toHaveCount(0)
      await expect(page).toHaveTitle(/^(?!Error)/)
      await press(page, 'Track This Case')
      await expect(resultOf(page)).toContainText('A verification e-mail is being sent')
      await mailTo(waiting, `Confirm that you want to track case ${other}`)

      await press(form, 'Track This Case')
      await expect(resultOf(form)).toContainText('A verification e-mail is being sent')
      await holdEvening()
      await mailTo(late, `Case ${number}: 1 new entry`)
      expect((await mailsTo(early)).filter(({ subject }) => subject.startsWith(`Case ${number}`))).toHaveLength(1)
      expect((await page.request.get('/unavailable')).status()).toBe(404)
    })
  })
})

/** Nothing that axe finds, wide and narrow, and no way to scroll sideways. */
async function expectReadableEverywhere(page: Page): Promise<void> {
  await expectAccessible(page, 'wide')
  await page.setViewportSize({ width: 320, height: 780 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await expectAccessible(page, 'narrow')
  await page.setViewportSize({ width: 1280, height: 900 })
}
