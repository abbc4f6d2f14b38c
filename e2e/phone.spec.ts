import { aCase, anEntry, enter, newNumber } from './court.ts'
import { linkIn, mailTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { press, resultOf, typeAddress } from './tracking.ts'

describe('a phone', () => {
  it.use({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true })

  it('keeps the way to tracking in view along a long docket, and the form is usable', async ({ page }) => {
    const number = newNumber()
    const address = newAddress()
    await enter([aCase(number), ...Array.from({ length: 12 }, (_, index) => anEntry(number, `e${index}`))])
    await page.goto(`/cases/${number}`)
    const ways = page.getByRole('link', { name: 'Track This Case', exact: true })
    const bar = page.locator('.track-bar').getByRole('link')
    await expect(bar).toBeInViewport({ ratio: 1 })
    await page.getByRole('heading', { name: 'Motion e3' }).scrollIntoViewIfNeeded()
    await expect(bar).toBeInViewport({ ratio: 1 })
    await ways.last().scrollIntoViewIfNeeded()
    await expect(ways.last()).toBeInViewport({ ratio: 1 })

    await page.goto(`/cases/${number}`)
    await bar.tap()
    await expect(page).toHaveURL(`/cases/${number}/track`)
    await typeAddress(page, address)
    await page.getByLabel('Receive text notices').tap()
    await page.getByLabel('Phone number').fill('(573) 555-0123')
    await page.getByRole('button', { name: 'Track This Case', exact: true }).tap()
    await expect(resultOf(page)).toContainText('A verification e-mail is being sent')
    await expect(resultOf(page)).toBeInViewport()

    await page.goto(linkIn(await mailTo(address, /^Confirm/), '/confirm/'))
    await expect(page.getByRole('button', { name: 'Confirm', exact: true })).toBeInViewport({ ratio: 1 })
    await press(page, 'Confirm')
    await expect(resultOf(page)).toHaveText('You are now tracking this case.')
  })

  it('has nothing that is too small to hit', async ({ page }) => {
    const number = newNumber()
    await enter([aCase(number), anEntry(number, 'a', { code: 'CONT' })])
    for (const path of ['/', '/search?q=Smith', `/cases/${number}`, `/cases/${number}/docket`, `/cases/${number}/track`]) {
      await page.goto(path)
      const small = await page.getByRole('main').locator('button, select, summary, input, nav a').evaluateAll((elements) => elements
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height > 0)
        // Where the label is larger, it is what a thumb hits.
        .map((element) => {
          const label = element instanceof HTMLInputElement && /checkbox|radio/.test(element.type) ? element.labels?.[0] : undefined
          return { element, box: (label ?? element).getBoundingClientRect() }
        })
        .filter(({ box }) => box.height < 24 || box.width < 24)
        .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width}×${box.height}`))
      expect(small, path).toEqual([])
    }
  })
})
