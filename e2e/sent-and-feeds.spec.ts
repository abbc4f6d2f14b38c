import { logIn, register } from './account.ts'
import { expectAccessible } from './accessible.ts'
import { aCase, anEntry, court, enter, holdEvening, newNumber } from './court.ts'
import { mailTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { press, resultOf, track } from './tracking.ts'

describe('who has an account', () => {
  it.use({ allowedComplaints: [/status of 404/] })

  it('sees what was sent and why, and has a calendar and a feed until they are revoked (G3, G5, G8)', async ({ page, request }) => {
    const number = newNumber()
    const address = newAddress()
    const startsAt = `${String(new Date().getUTCFullYear() + 1)}-03-02T09:00:00-06:00`
    await enter([aCase(number), anEntry(number, 'before', { description: 'Answer filed' })])
    await register(address)
    await track(number, address)
    await enter([
      anEntry(number, 'new', { description: 'Motion <b>to compel</b> & more', text: 'See ]]> & "it".' }),
      { type: 'event', case: number, court, id: 'h', startsAt, kind: 'Plea setting', place: 'Courtroom, 2W' },
    ])
    await holdEvening()
    const notice = await mailTo(address, `Case ${number}: 1 new entry`)

    await it.step('what was sent', async () => {
      await logIn(page, address, '/my-cases/sent')
      const row = page.getByRole('row').filter({ hasText: `Case ${number}: 1 new entry` })
      await expect(row).toContainText('E-mail')
      await expect(row).toContainText('Sent')
      await expect(row.getByRole('link', { name: number, exact: true })).toHaveAttribute('href', `/cases/${number}`)
      await expectAccessible(page)
      await row.getByRole('link', { name: `Case ${number}: 1 new entry` }).click()
    })

    await it.step('a copy of it', async () => {
      const copy = page.locator('pre')
      await expect(copy).toContainText('Motion <b>to compel</b> & more')
      await expect(copy).toContainText('(link)')
      await expect(copy).not.toContainText('/stop/')
      expect(notice.text).toContain('/stop/')
      await expectAccessible(page)
      const missing = await page.request.get('/my-cases/sent/999999999')
      expect(missing.status()).toBe(404)
    })

    await it.step('why', async () => {
      await page.goto('/my-cases/sent')
      await page.getByRole('link', { name: 'Why did I not get a notice?' }).click()
      await page.getByRole('link', { name: number, exact: true }).click()
      const main = page.getByRole('main')
      await expect(main).toContainText('Nothing keeps notices from coming.')
      await expect(main.getByRole('listitem').filter({ hasText: 'New entry: Motion <b>to compel</b> & more' })).toContainText('It was in the notice of that evening. Sent')
      await expect(main.getByRole('listitem').filter({ hasText: 'New entry: Answer filed' })).toContainText('It arrived before tracking by e-mail began')
      await expectAccessible(page)
      expect((await page.request.get('/my-cases/why/999999999')).status()).toBe(404)
    })

    await it.step('the docket as a feed for everybody', async () => {
      await page.goto(`/cases/${number}/docket`)
      const href = await page.locator('link[rel="alternate"][type="application/atom+xml"]').getAttribute('href')
      expect(href).toBe(`/cases/${number}/docket.atom`)
      const feed = await request.get(href ?? '')
      expect(feed.headers()).toMatchObject({ 'content-type': 'application/atom+xml; charset=utf-8', 'x-robots-tag': 'noindex', 'cache-control': 'private, no-cache' })
      expect(await feed.text()).toContain('Motion &lt;b&gt;to compel&lt;/b&gt; &amp; more')
      const again = await request.get(href ?? '', { headers: { 'if-none-match': feed.headers()['etag'] ?? '' } })
      expect([again.status(), await again.text()]).toEqual([304, ''])
      const missing = await request.get('/cases/99NONE-CV1/docket.atom')
      expect([missing.status(), await missing.text()]).toEqual([404, 'Page not found'])
    })

    await it.step('the private calendar and feed', async () => {
      await page.goto('/my-cases/feeds')
      await press(page, 'Make a calendar address')
      await expect(resultOf(page)).toHaveText('The address of your calendar is made.')
      await press(page, 'Make a feed address')
      await expectAccessible(page)
      const [calendarAddress, feedAddress] = [await page.getByLabel('Calendar address').inputValue(), await page.getByLabel('Feed address').inputValue()]
      const calendar = await request.get(calendarAddress)
      expect(calendar.headers()['content-type']).toBe('text/calendar; charset=utf-8; method=PUBLISH')
      expect(await calendar.text()).toContain(`SUMMARY:Plea setting\\, case ${number}`)
      const known = { 'if-none-match': calendar.headers()['etag'] ?? '' }
      expect((await request.get(calendarAddress, { headers: known })).status()).toBe(304)
      await enter([{ type: 'event', case: number, court, id: 'h', startsAt, kind: 'Plea setting', place: 'Courtroom, 2W', status: 'cancelled' }])
      expect(await (await request.get(calendarAddress, { headers: known })).text()).toMatch(/SEQUENCE:1[^]*STATUS:CANCELLED/)
      expect(await (await request.get(feedAddress)).text()).toContain(`Case ${number}: Motion`)
      await press(page, 'Revoke the calendar address')
      await expect(resultOf(page)).toHaveText('The address of your calendar does not work any more.')
      for (const gone of [calendarAddress, calendarAddress.replace('hearings.ics', 'cases.atom'), feedAddress.replace('cases.atom', 'hearings.ics')]) {
        const answer = await request.get(gone)
        expect([answer.status(), await answer.text()]).toEqual([404, 'Page not found'])
      }
      await press(page, 'Make a calendar address')
      await expect(page.getByLabel('Calendar address')).not.toHaveValue(calendarAddress)
      expect((await request.get(feedAddress)).status()).toBe(200)
    })
  })
})
