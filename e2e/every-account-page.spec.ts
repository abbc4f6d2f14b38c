import type { Page } from '@playwright/test'
import { expectAccessible, expectReadable } from './accessible.ts'
import { register, takeSession } from './account.ts'
import { aCase, anEntry, enter, holdEvening, newNumber } from './court.ts'
import { mailTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { track } from './tracking.ts'

/** Wide, narrow and at night: nothing that axe finds, and no way to scroll sideways. */
async function inspect(page: Page, path: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  await expectAccessible(page, `${path}, wide`)
  await page.setViewportSize({ width: 320, height: 780 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth), `width of ${path}`).toBeLessThanOrEqual(320)
  await expectAccessible(page, `${path}, narrow`)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectReadable(page, `${path}, narrow, in the dark`)
}

describe('everybody can use, who has an account,', () => {
  it('its pages, with nothing in them', async ({ page }) => {
    const address = newAddress()
    await register(address)
    await takeSession(page, address)
    for (const path of ['/my-cases', '/my-cases/sent', '/my-cases/searches', '/my-cases/basket', '/my-cases/why']) await inspect(page, path)
  })

  it('its pages, with cases, messages and searches in them', async ({ page }) => {
    const [full, closed] = [newNumber(), newNumber()]
    const address = newAddress(`someone.with.a.long.address.${'x'.repeat(12)}`)
    const unbroken = 'Wolframwerkstoffzulieferungsgesellschaft'.repeat(3)
    await enter([
      aCase(full, { caption: `Tobin Farrow, as next friend of the minor children, v. ${unbroken}` }), aCase(closed, { status: 'closed' }),
      { type: 'event', case: full, id: 'h1', startsAt: '2036-12-03T09:00:00-06:00', kind: 'Settlement conference', place: unbroken },
    ])
    await track(full, address, { eventTwoDays: 'on' })
    await track(closed, address)
    await register(address)
    await takeSession(page, address)
    await enter([anEntry(full, 'a', { description: `Order of ${unbroken}`, code: 'ORD' })])
    await holdEvening()
    await mailTo(address, `Case ${full}: 1 new entry`)
    for (const path of [
      '/my-cases', '/my-cases?filter=closed', '/my-cases/several', '/my-cases/feeds', '/my-cases/sent', '/account', '/account/address', '/account/password', '/account/delete',
      `/cases/${full}`, `/cases/${full}/track`, `/search?q=${full.slice(0, 4)}`,
    ]) await inspect(page, path)
    await page.goto('/my-cases')
    const options = await page.getByRole('main').getByRole('link', { name: /^Options/ }).first().getAttribute('href')
    await page.goto('/my-cases/sent')
    const sent = await page.getByRole('main').getByRole('link', { name: new RegExp(full) }).first().getAttribute('href')
    for (const path of [options, options?.replace('/my-cases/', '/my-cases/why/'), sent]) {
      if (path === null || path === undefined) throw new Error('A page leads nowhere.')
      await inspect(page, path)
    }
  })
})
