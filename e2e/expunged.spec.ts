import { answerCaptcha } from './captcha.ts'
import { aCase, anEntry, court, enter, holdEvening, newNumber } from './court.ts'
import { linkIn, linksIn, mailsTo, mailTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { postForm, press, resultOf, track } from './tracking.ts'

describe('an expunged case (A9)', () => {
  it.use({ allowedComplaints: [/status of 404/] })

  it('is nowhere any more, and stop links of mail about it go on answering as they did (E5)', async ({ page }) => {
    const [number, other] = [newNumber(), newNumber()]
    const address = newAddress()
    await enter([aCase(number), aCase(other)])
    for (const one of [number, other]) await track(one, address)
    await enter([anEntry(number, 'a')])
    await holdEvening()
    const notice = await mailTo(address, `Case ${number}: 1 new entry`)
    const stopLink = linkIn(notice, '/stop/')
    const oneClick = linksIn(notice).find((link) => link.includes('/api/stop/')) ?? ''

    await enter([anEntry(number, 'b')])
    await enter([{ type: 'caseRemoved', number, court }])
    for (const tab of ['', '/docket', '/events', '/payments', '/parties', '/track']) {
      expect((await page.goto(`/cases/${number}${tab}`))?.status(), tab).toBe(404)
    }
    await page.goto(`/search?q=${number}`)
    await expect(page.getByText('No cases found.')).toBeVisible()
    await holdEvening()
    expect((await mailsTo(address)).filter(({ subject }) => subject.startsWith(`Case ${number}`)).length).toBeLessThanOrEqual(1)

    for (let times = 0; times < 2; times++) {
      await page.goto(stopLink)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Do you want to stop tracking this case?')
      await expect(page.locator('body')).not.toContainText(number)
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer tracking this case.')
    }
    expect((await page.request.post(oneClick, { form: { 'List-Unsubscribe': 'One-Click' } })).status()).toBe(200)

    await postForm(page, 'track', { number: other, court, email: address, confirmEmail: address, action: 'report', altcha: await answerCaptcha() })
    const report = await mailTo(address, 'Your tracking report')
    expect(report.text).toContain(other)
    expect(report.text).not.toContain(number)
    await page.goto(linkIn(report, '/stop-all/'))
    await press(page, 'YES')
    await expect(resultOf(page)).toHaveText('You are no longer tracking any cases.')
  })
})
