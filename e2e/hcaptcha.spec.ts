import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { aCase, court, enter, newNumber } from './court.ts'
import { mailsTo, mailTo, newAddress } from './mailbox.ts'
import { originOf } from './run.ts'
import { describe, expect, it } from './test.ts'
import { postForm, press, resultOf, summaryOf, typeAddress } from './tracking.ts'

const widgetOf = (page: Page) => page.frameLocator('iframe[title="Widget of the hCaptcha stand-in"]')
const human = (page: Page) => widgetOf(page).getByRole('button', { name: 'I am human' })

async function openForm(page: Page): Promise<string> {
  const number = newNumber()
  await enter([aCase(number)])
  await page.goto(`/cases/${number}/track`)
  return number
}

describe('the form with hCaptcha', () => {
  it('shows the widget without a further step, and takes its answer', async ({ page }) => {
    const number = await openForm(page)
    const address = newAddress()
    await expect(human(page)).toBeVisible()
    await expectAccessible(page)
    await typeAddress(page, address)
    await human(page).click()
    await press(page, 'Track This Case')
    await expect(resultOf(page)).toContainText('A verification e-mail is being sent to the address you provided.')
    await mailTo(address, `Confirm that you want to track case ${number}`)
  })

  // The server refuses a wrong answer with 400, which the browser notes.
  it.use({ allowedComplaints: [/status of 400/] })

  it('asks for a missing answer and refuses a wrong one, and lets both be mended', async ({ page }) => {
    await openForm(page)
    const address = newAddress()
    await typeAddress(page, address)
    const verification = page.getByRole('group', { name: 'Verification' })
    await press(page, 'Track This Case')
    await expect(summaryOf(page).getByRole('link')).toHaveText('Verification is required.')
    await expect(verification.getByRole('alert')).toHaveText('Verification is required.')
    await expect(summaryOf(page)).toBeFocused()

    await widgetOf(page).getByRole('button', { name: 'I am a robot' }).click()
    await press(page, 'Track This Case')
    await expect(summaryOf(page).getByRole('link')).toHaveText('Captcha invalid.')
    await expect(verification.getByRole('alert')).toHaveText('Captcha invalid.')
    await expectAccessible(page)

    await human(page).click()
    await press(page, 'Track This Case')
    await expect(resultOf(page)).toContainText('A verification e-mail is being sent')
    await expect.poll(() => mailsTo(address)).toHaveLength(1)
  })

  it('takes an answer once, and says so when answers cannot be checked', async ({ page }) => {
    const number = await openForm(page)
    const address = newAddress()
    const answered = (answer: string) => postForm(page, 'track', {
      number, court, email: address, confirmEmail: address, action: 'track', 'h-captcha-response': answer,
    })
    const once = `person-${randomUUID()}`
    await answered(once)
    await expect(resultOf(page)).toContainText('A verification e-mail is being sent')
    await answered(once)
    await expect(summaryOf(page).getByRole('link')).toHaveText('Captcha invalid.')
    await answered('')
    await expect(summaryOf(page).getByRole('link')).toHaveText('Verification is required.')
    await answered('outage')
    await expect(summaryOf(page).getByRole('link')).toHaveText(/^We could not check the verification just now\./)
    await expect(page.getByLabel('E-mail address', { exact: true })).toHaveValue(address)
  })

  for (const width of [320, 390]) {
    it(`fits a phone of ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 700 })
      await openForm(page)
      await expect(human(page)).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await expectAccessible(page)
    })
  }
})

describe('the form whose hCaptcha is blocked', () => {
  it.use({ allowedComplaints: [/ERR_FAILED/] })

  it('names another way', async ({ page, context }) => {
    await context.route(`${originOf('standIn')}/**`, (route) => route.abort())
    await openForm(page)
    const said = page.getByRole('alert').filter({ hasText: 'The verification could not be loaded.' })
    await expect(said).toContainText('(888) 541-4894')
    await expect(said).toContainText('OSCA.HELP.DESK@courts.mo.gov')
    await expectAccessible(page)
  })
})
