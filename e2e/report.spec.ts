import type { Page } from '@playwright/test'
import { aCase, enter, newNumber } from './court.ts'
import { linkIn, mailsTo, mailTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { press, resultOf, track, typeAddress } from './tracking.ts'

const isBeingSent = 'An e-mail is being sent to the e-mail address provided below. Please review the e-mail for further information.'

/** Asks for a report from a case's form; what the page then says, in all its words. */
async function askForReport(page: Page, number: string, address: string): Promise<string> {
  await page.goto(`/cases/${number}/track`)
  await typeAddress(page, address)
  await press(page, 'Tracking Report')
  await expect(resultOf(page)).toHaveText(isBeingSent)
  // The captcha begins anew after each answer; it knows nothing of addresses, and takes as long as the machine does.
  await expect(page.getByRole('main')).toContainText('Verified')
  return page.getByRole('main').innerText()
}

const listed = (page: Page) => page.getByRole('main').getByRole('listitem').getByRole('heading').getByRole('link')

describe('the tracking report', () => {
  it('lists what an address tracks by case number, and stops all of it', async ({ page }) => {
    const stem = newNumber().slice(0, -1)
    const [first, second, third] = [`${stem}1`, `${stem}2`, `${stem}3`]
    const address = newAddress()
    await enter([aCase(first), aCase(second, { status: 'closed' }), aCase(third)])
    for (const number of [third, first, second]) await track(number, address)

    await it.step('is asked for with the form, which stays, with the address in it, under the answer', async () => {
      await askForReport(page, first, address)
      const email = page.getByLabel('E-mail address', { exact: true })
      await expect(email).toHaveValue(address)
      await expect(page.getByRole('main')).toContainText(address)
      const [answer, field] = await Promise.all([resultOf(page).boundingBox(), email.boundingBox()])
      expect(answer?.y).toBeLessThan(field?.y ?? 0)
    })

    const mail = await mailTo(address, 'Your tracking report')
    await it.step('comes as an e-mail, in both parts', () => {
      for (const part of [mail.html, mail.text]) {
        const places = [first, second, third].map((number) => part.indexOf(`/cases/${number}`))
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        expect(places).not.toContain(-1)
        expect(part).toContain('Closed')
        expect(part).toContain('Stop Tracking ALL Cases')
      }
    })

    await it.step('is a page too', async () => {
      await page.goto(linkIn(mail, '/report/'))
      await expect(page.getByRole('heading', { name: 'Tracking Report', exact: true })).toBeVisible()
      await expect(listed(page)).toHaveText([first, second, third])
      await expect(page.getByText('Closed case')).toHaveCount(1)
      await page.getByRole('link', { name: `Stop e-mail and text for case ${second}` }).click()
      await expect(page.getByRole('heading', { name: `Do you want to stop tracking case number ${second}?` })).toBeVisible()
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer tracking this case.')
      await page.goto(linkIn(mail, '/report/'))
      await expect(listed(page)).toHaveText([first, third])
    })

    await it.step('leads to the end of all tracking', async () => {
      await page.getByRole('link', { name: 'Stop text only for all cases' }).click()
      await expect(page.getByRole('heading', { name: 'Do you want to stop tracking ALL cases?' })).toBeVisible()
      await expect(page.getByLabel('Stop text only?')).toBeChecked()
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer tracking any cases by text.')
      await page.goto(linkIn(mail, '/stop-all/'))
      await expect(page.getByLabel('Stop e-mail and text?')).toBeChecked()
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer tracking any cases.')
      await page.goto(linkIn(mail, '/report/'))
      await expect(page.getByText('This address tracks no case now.')).toBeVisible()
    })
  })

  it('answers a stranger with the same page and an e-mail that says that nothing is tracked', async ({ page }) => {
    const number = newNumber()
    const [reader, stranger] = [newAddress(), newAddress()]
    await enter([aCase(number)])
    await track(number, reader)
    const known = await askForReport(page, number, reader)
    const unknown = await askForReport(page, number, stranger)
    expect(unknown.replaceAll(stranger, 'ADDRESS')).toBe(known.replaceAll(reader, 'ADDRESS'))
    const mail = await mailTo(stranger, 'Your tracking report')
    expect(mail.text).toContain(`Nothing is tracked with ${stranger}.`)
    expect(mail.html).toContain('Nothing is tracked with')
    expect(mail.text).not.toContain(number)
    expect(await mailsTo(stranger)).toHaveLength(1)
  })

  it('sends no second verification to an address that tracks the case, and says the same', async ({ page }) => {
    const number = newNumber()
    const [reader, stranger] = [newAddress(), newAddress()]
    await enter([aCase(number)])
    await track(number, reader)
    const answers: string[] = []
    for (const address of [reader, stranger]) {
      await page.goto(`/cases/${number}/track`)
      await typeAddress(page, address)
      await press(page, 'Track This Case')
      await expect(resultOf(page)).toContainText('A verification e-mail is being sent')
      answers.push((await page.getByRole('main').innerText()).replaceAll(address, 'ADDRESS'))
    }
    expect(answers[0]).toBe(answers[1])
    await mailTo(stranger, /^Confirm/)
    expect(await mailsTo(reader)).toHaveLength(1)
  })
})
