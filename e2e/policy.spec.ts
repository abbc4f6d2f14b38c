import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { password, register } from './account.ts'
import { answerCaptcha } from './captcha.ts'
import { aCase, anEntry, court, enter, holdEvening, newNumber } from './court.ts'
import { addDays, courtToday, forenoonOf } from './days.ts'
import { linksIn, mailsTo, mailTo, newAddress } from './mailbox.ts'
import { itOnItsOwn } from './own-service.ts'
import { describe, expect } from './test.ts'
import { postForm, press, resultOf, summaryOf, track, typeAddress } from './tracking.ts'

const it = itOnItsOwn()

const textControls = ['Receive text notices', 'Phone number', 'Carrier']

async function expectTextControls(page: Page, number: string, are: 'there' | 'gone'): Promise<void> {
  await page.goto(`/cases/${number}/track`)
  await expect(page.getByLabel('E-mail address', { exact: true })).toBeVisible()
  for (const label of textControls) await expect(page.getByLabel(label, { exact: true }), label).toHaveCount(are === 'there' ? 1 : 0)
}

describe("a court's policy (I3)", () => {
  it('lets anyone track, tells all of it, tells moved hearings and sends texts; or none of these', async ({ page, service }) => {
    const number = newNumber()
    const address = newAddress()
    const hearing = (days: number) => ({
      type: 'event', case: number, id: 'h', startsAt: forenoonOf(addDays(courtToday(), days)), kind: 'Settlement conference', place: 'Courtroom 3',
    })
    const secret = { description: 'Motion to compel', text: 'The plaintiff asks for more time.' }
    await enter([aCase(number), hearing(30)])

    await it.step('as it is shipped', async () => {
      await expectTextControls(page, number, 'there')
      await track(number, address, { eventTenDays: 'on', eventTwoDays: 'on' })
      await enter([hearing(31)])
      await holdEvening()
      const moved = await mailTo(address, new RegExp(`^Case ${number}: hearing moved`))
      expect(moved.text).toContain('Courtroom 3')
      await enter([anEntry(number, 'a', secret)])
      await holdEvening()
      const notice = await mailTo(address, `Case ${number}: 1 new entry`)
      for (const part of [notice.html, notice.text]) {
        for (const words of Object.values(secret)) expect(part).toContain(words)
      }
      expect(await mailsTo(address)).toHaveLength(3)
    })

    await it.step('number and link only, no scheduling change without an entry, no texts', async () => {
      await service.restart({ profile: { policy: { noticeDetail: 'caseNumber', schedulingChanges: 'never', texts: 'off' } } })
      await expectTextControls(page, number, 'gone')
      await expect(page.getByRole('main')).not.toContainText('carrier may charge')
      for (const path of ['/privacy', '/help', '/confirm/1-1-AAAAAAAAAAAAAAAAAAAAAA']) {
        await page.goto(path)
        await expect(page.getByRole('main'), path).not.toContainText(/\bphone number|your phone\b|carrier|\btexts?\b/)
      }
      await enter([hearing(32)])
      await holdEvening()
      expect(await mailsTo(address)).toHaveLength(3)
      await enter([anEntry(number, 'b', secret)])
      await holdEvening()
      const [notice, ...others] = await mailsTo(address)
      expect(others).toHaveLength(3)
      expect(notice?.subject).toBe(`Update on case ${number}`)
      for (const part of [notice?.html, notice?.text]) {
        for (const words of [...Object.values(secret), 'Settlement conference', 'Courtroom 3', 'Farrow', 'entry']) expect(part).not.toContain(words)
        expect(part).toContain(number)
      }
      const links = notice ? linksIn(notice) : []
      for (const part of [`/cases/${number}`, '/stop/', '/stop-all/', '/api/stop/']) expect(links.some((link) => link.includes(part)), part).toBe(true)
    })

    await it.step('accounts only: the form asks to log in, and every other way in refuses alike', async () => {
      await service.restart({ profile: { policy: { whoMayTrack: 'accounts' } } })
      const stranger = newAddress()
      await page.goto(`/cases/${number}/track`)
      await expect(page.getByRole('button', { name: 'Track This Case' })).toHaveCount(0)
      await expect(page.getByRole('group', { name: 'Also tell me' })).toHaveCount(0)
      await expect(page.getByLabel('Phone number')).toHaveCount(0)
      await expectAccessible(page)
      const login = page.getByRole('main').getByRole('link', { name: /log in/i })
      await expect(login).toHaveAttribute('href', new RegExp(`^/login\\?.*${encodeURIComponent(`/cases/${number}/track`)}`))
      await postForm(page, 'track', { number, court, email: stranger, confirmEmail: stranger, action: 'track', altcha: await answerCaptcha() })
      await expect(resultOf(page)).toHaveCount(0)
      await expect(summaryOf(page)).toContainText('At this court you need an account to track a case.')
      await page.goto(`/cases/${number}/track`)
      await typeAddress(page, address)
      await press(page, 'Tracking Report')
      await expect(resultOf(page)).toContainText('An e-mail is being sent to the e-mail address provided below.')
      expect((await mailTo(address, 'Your tracking report')).text).toContain(number)
      await enter([anEntry(number, 'c', secret)])
      await holdEvening()
      await mailTo(address, `Case ${number}: 1 new entry`)
      expect(await mailsTo(stranger)).toHaveLength(0)
      await register(stranger)
      await page.goto(`/cases/${number}/track`)
      await login.click()
      await page.getByLabel('E-mail address', { exact: true }).fill(stranger)
      await page.getByLabel('Password', { exact: true }).fill(password)
      await press(page, 'Log in')
      await expect(page).toHaveURL(new RegExp(`/cases/${number}/track$`))
      await page.waitForLoadState()
      await press(page, 'Track This Case')
      await expect(resultOf(page)).toHaveText('You are now tracking this case.')
    })
  })
})
