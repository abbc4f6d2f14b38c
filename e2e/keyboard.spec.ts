import type { Page } from '@playwright/test'
import { aCase, anEntry, enter, newNumber } from './court.ts'
import { linkIn, mailTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { resultOf } from './tracking.ts'

/** What has the focus, in words; empty when nothing has. Fails where an outline around it, or around its box, does not show that. */
async function focused(page: Page): Promise<string> {
  const { name, isShown } = await page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return { name: '', isShown: true }
    const outlined = [element, element.parentElement, element.parentElement?.parentElement].some((one) => {
      if (!one?.checkVisibility({ opacityProperty: true })) return false
      const { outlineStyle, outlineWidth } = getComputedStyle(one)
      return outlineStyle === 'auto' || (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2)
    })
    const box = element.getBoundingClientRect()
    const isOnScreen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
    const isControl = element instanceof HTMLInputElement || element instanceof HTMLSelectElement
    const label = isControl ? element.labels?.[0] : element
    return { name: label?.textContent.trim() ?? '', isShown: outlined && isOnScreen }
  })
  expect(isShown, `the focus on “${name}” can be seen`).toBe(true)
  return name
}

/** Presses Tab until the thing with that name has the focus. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  const passed: string[] = []
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    const name = await focused(page)
    if (name === wanted) return
    passed.push(name)
  }
  throw new Error(`Tab does not lead to “${wanted}”, but to: ${passed.join(', ')}`)
}

describe('the keyboard alone', () => {
  it('goes from a search to a confirmed request, and stops it', async ({ page }) => {
    const number = newNumber()
    const address = newAddress()
    await enter([aCase(number), anEntry(number, 'a', { code: 'CONT' })])

    await page.goto('/')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to main content')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
    await tabTo(page, 'Case number or name')
    await page.keyboard.type(number)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`/cases/${number}`)
    await tabTo(page, 'What does CONT mean?')
    await page.keyboard.press('Enter')
    await expect(page.getByText('A hearing or trial was moved to a later day.')).toBeVisible()
    await tabTo(page, 'Track This Case')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`/cases/${number}/track`)
    await page.waitForLoadState()

    await tabTo(page, 'Track This Case')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main').getByRole('alert').first()).toBeFocused()
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Enter your e-mail address.')
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('E-mail address', { exact: true })).toBeFocused()
    await page.keyboard.type(address)
    await tabTo(page, 'Confirm e-mail address')
    await page.keyboard.type(address)
    await tabTo(page, 'Receive text notices')
    await page.keyboard.press('Space')
    await tabTo(page, 'Phone number')
    await page.keyboard.type('573-555-0123')
    await tabTo(page, '10 days before a scheduled event')
    await page.keyboard.press('Space')
    await expect(page.getByLabel('10 days before a scheduled event')).toBeChecked()
    await tabTo(page, 'Track This Case')
    await page.keyboard.press('Enter')
    await expect(resultOf(page)).toContainText('A verification e-mail is being sent')

    const verification = await mailTo(address, /^Confirm/)
    await page.goto(linkIn(verification, '/confirm/'))
    await tabTo(page, 'Confirm')
    await page.keyboard.press('Enter')
    await expect(resultOf(page)).toHaveText('You are now tracking this case.')

    await page.goto(linkIn(verification, '/stop/'))
    await tabTo(page, 'Stop e-mail and text?')
    await page.keyboard.press('ArrowDown')
    await expect(page.getByLabel('Stop text only?')).toBeChecked()
    expect(await focused(page)).toBe('Stop text only?')
    await page.keyboard.press('ArrowUp')
    await expect(page.getByLabel('Stop e-mail and text?')).toBeChecked()
    await tabTo(page, 'YES')
    await page.keyboard.press('Space')
    await expect(resultOf(page)).toHaveText('You are no longer tracking this case.')
  })

  it('shows that it is on the captcha while that works', async ({ page, context }) => {
    const number = newNumber()
    await enter([aCase(number)])
    const released = Promise.withResolvers<undefined>()
    await context.route('**/api/captcha/challenge', async (route) => {
      await released.promise
      await route.continue()
    })
    await page.goto(`/cases/${number}/track`)
    await page.getByLabel('Confirm e-mail address').focus()
    await expect(page.locator('altcha-widget')).toContainText('Verifying')
    await tabTo(page, 'Verifying...')
    released.resolve(undefined)
    await expect(page.locator('altcha-widget')).toContainText('Verified')
  })

  it('shows where it is on every stop of the home page, and comes round', async ({ page }) => {
    await page.goto('/')
    const stops: string[] = []
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab')
      const name = await focused(page)
      if (name === '') break
      stops.push(name)
    }
    expect(stops[0]).toBe('Skip to main content')
    expect(stops.at(-1)).toBe('Service status')
  })
})
