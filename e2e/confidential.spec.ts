import { answerCaptcha } from './captcha.ts'
import { aCase, anEntry, court, enter, newNumber } from './court.ts'
import { addDays, courtToday, forenoonOf } from './days.ts'
import { linkIn, mailsTo, mailTo, newAddress } from './mailbox.ts'
import { origin } from './origin.ts'
import { itOnItsOwn } from './own-service.ts'
import { bearing, secrets } from './secrets.ts'
import { describe, expect } from './test.ts'
import { postForm, press, resultOf, tokenIn, track } from './tracking.ts'

// What waits to leave must wait until it is told to: without a worker it does.
const sendsAllDay = { sendingHours: { from: '00:00', to: '23:59' } }
const it = itOnItsOwn({ profile: sendsAllDay })

const asScheduler = { method: 'POST', headers: bearing(secrets.CRON_SECRET) }

async function callScheduled(path: string): Promise<unknown> {
  const answer = await fetch(`${origin()}/api/cron/${path}`, asScheduler)
  expect(answer.status).toBe(200)
  return answer.json()
}

describe('S13: a case that turns confidential', () => {
  it.use({ allowedComplaints: [/status of 404/] })

  it('takes back what waits to leave, by e-mail and by text, and is gone from page, search and report (A6, F8)', async ({ page, service }) => {
    const [turning, staying] = [newNumber(), newNumber()]
    const address = newAddress()
    const phone = '573-555-0142'
    const surname = `Hush${turning.slice(2, 6).toLowerCase()}`
    const caption = `${surname} v. Somebody`
    const hearing = { type: 'event', case: turning, id: 'h', startsAt: forenoonOf(addDays(courtToday(), 2)), kind: 'Settlement conference' }
    await enter([aCase(turning, { caption }), aCase(staying)])
    await track(turning, address, { eventTwoDays: 'on', wantsText: 'on', phone })
    await track(staying, address)
    const [verification] = await textsTo(phone, 1)
    await postForm(page, 'confirm', { token: tokenIn(/https?:\S+\/confirm\/\S+/.exec(verification ?? '')?.[0] ?? '') })
    await expect(resultOf(page)).toHaveText('You are now tracking this case by text.')

    await service.restart({ profile: sendsAllDay, hasWorker: false })
    await it.step('with an e-mail and a text that wait', async () => {
      await enter([anEntry(turning, 'a', { description: 'Sealed motion' }), hearing, anEntry(staying, 'a')])
      const held = await callScheduled('digest')
      expect(held).toMatchObject({ state: 'completed', notices: 2 })
      await enter([aCase(turning, { caption, security: 'confidential' })])
      await callScheduled('deliver')
    })

    await it.step('of which nothing leaves, while the other case goes on', async () => {
      await mailTo(address, `Case ${staying}: 1 new entry`)
      expect(await mailsTo(address)).toHaveLength(3)
      expect(await textsTo(phone, 1)).toEqual([verification])
      await callScheduled('digest')
      await callScheduled('deliver')
      expect(await mailsTo(address)).toHaveLength(3)
    })

    await it.step('is nowhere to be found', async () => {
      for (const tab of ['', '/docket', '/events', '/payments', '/parties', '/track', '/docket.atom']) {
        expect((await page.request.get(`/cases/${turning}${tab}`)).status(), tab).toBe(404)
      }
      for (const typed of [turning, surname]) {
        await page.goto(`/search?q=${typed}`)
        await expect(page.getByText('No cases found.')).toBeVisible()
      }
    })

    await it.step('is not in the report, and its links speak of "this case"', async () => {
      await postForm(page, 'track', {
        number: staying, court, email: address, confirmEmail: address, action: 'report', altcha: await answerCaptcha(),
      })
      await callScheduled('deliver')
      const report = await mailTo(address, 'Your tracking report')
      for (const part of [report.html, report.text]) {
        expect(part).toContain(staying)
        expect(part).not.toContain(turning)
        expect(part).not.toContain(surname)
      }
      await page.goto(linkIn(report, '/report/'))
      await expect(page.getByRole('main')).toContainText(staying)
      await expect(page.getByRole('main')).not.toContainText(turning)
      const older = (await mailsTo(address)).find(({ subject }) => subject === `Confirm that you want to track case ${turning}`)
      expect(older).toBeDefined()
      if (!older) return
      await page.goto(linkIn(older, '/stop/'))
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Do you want to stop tracking this case?')
    })

    await it.step('tells only what comes after it is public again', async () => {
      await enter([anEntry(turning, 'b', { description: 'While nobody looks' })])
      await enter([aCase(turning, { caption, security: 'public' })])
      await enter([anEntry(turning, 'c', { description: 'In the open again' })])
      await callScheduled('digest')
      await callScheduled('deliver')
      const notice = await mailTo(address, `Case ${turning}: 1 new entry`)
      expect(notice.text).toContain('In the open again')
      for (const words of ['Sealed motion', 'While nobody looks', 'Settlement conference']) expect(notice.text).not.toContain(words)
      expect((await textsTo(phone, 2))[0]).toContain('In the open again')
      await page.goto(linkIn(notice, '/stop/'))
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer tracking this case.')
    })
  })
})

/** What reached a phone, newest first, once there is that much. */
async function textsTo(phone: string, count: number): Promise<string[]> {
  const number = `+1${phone.replaceAll('-', '')}`
  await expect.poll(async () => (await mailsTo(number)).length, { message: `texts to ${phone}` }).toBe(count)
  return (await mailsTo(number)).map(({ text }) => text)
}
