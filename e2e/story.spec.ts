import { aCase, enter, newNumber } from './court.ts'
import { mailTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { press, resultOf, track } from './tracking.ts'

describe('the local mailbox', () => {
  // No script may run in the frame that shows a mail, Playwright's included.
  it.use({ allowedComplaints: [/Blocked script execution in 'about:srcdoc'/] })

  it('tells the story: an entry, the evening, the notice as HTML and as text, and its links', async ({ page }) => {
    const number = newNumber()
    const address = newAddress()
    await enter([aCase(number)])
    await track(number, address)

    await page.goto('/')
    await page.getByRole('link', { name: 'Mailbox' }).click()
    await expect(page.getByRole('listitem').filter({ hasText: address })).toContainText(`Confirm that you want to track case ${number}`)
    await press(page, 'Add an invented entry to a tracked case')
    await expect(resultOf(page)).toContainText(`An invented entry was added to case ${number}.`)
    await press(page, "Run this evening's digest")
    await expect(resultOf(page)).toContainText('The evening was held:')

    const notice = await mailTo(address, `Case ${number}: 1 new entry`)
    await page.getByRole('link', { name: 'Look again' }).click()
    await page.getByRole('link', { name: notice.subject }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(notice.subject)
    await expect(page.getByRole('main')).toContainText(address)
    await expect(page.locator('pre')).toContainText('Stop Tracking ALL Cases')
    // A click right after a scroll past the frame goes astray; a key does not.
    await page.getByText('Headers').press('Enter')
    await expect(page.getByText('List-Unsubscribe=One-Click')).toBeVisible()

    const shown = page.frameLocator('iframe')
    await expect(shown.getByRole('heading', { level: 1 })).toContainText(number)
    await shown.getByRole('link', { name: 'Stop e-mail and text' }).first().click()
    await expect(page.getByRole('heading', { name: `Do you want to stop tracking case number ${number}?` })).toBeVisible()
    await press(page, 'YES')
    await expect(resultOf(page)).toHaveText('You are no longer tracking this case.')
    await page.getByRole('link', { name: 'Mailbox' }).click()
    await press(page, "Run this evening's digest")
    await expect(resultOf(page)).toContainText('Nothing new was entered in a tracked case')
  })
})
