import { chromium } from '@playwright/test'
import { register, takeSession } from './account.ts'
import { aCase, anEntry, enter, newNumber } from './court.ts'
import { newAddress } from './mailbox.ts'
import { origin } from './origin.ts'
import { runLighthouse } from './run-lighthouse.ts'
import { findFreePorts } from './run.ts'
import { describe, expect, it } from './test.ts'
import { track } from './tracking.ts'

// What takes time is measured by `npm run bench`: here others have the machine, and a score would tell of them.
const categories = ['accessibility', 'best-practices', 'seo'] as const
const least = 98

describe('Lighthouse on a phone', () => {
  it('P10: gives home, results, case, form and My Cases 98 or more for all that no clock decides', async ({ page, launchOptions }) => {
    const [number, address] = [newNumber(), newAddress()]
    await enter([aCase(number), ...['a', 'b', 'c'].map((id) => anEntry(number, id))])
    await track(number, address)
    await register(address)
    await takeSession(page, address)
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const port = await findFreePorts(1)
    const browser = await chromium.launch({ ...launchOptions, args: [...launchOptions.args ?? [], `--remote-debugging-port=${port}`] })
    try {
      for (const { path, ...how } of [
        { path: '/', isListed: true },
        { path: `/search?q=${number.slice(0, 4)}`, isListed: false },
        { path: `/cases/${number}`, isListed: false },
        { path: `/cases/${number}/track`, isListed: false },
        { path: '/my-cases', isListed: false, cookie },
      ]) {
        const { scores, found } = await runLighthouse({ url: origin() + path, port, categories, isHasty: true, ...how })
        for (const name of categories) expect.soft(scores[name], `${name} of ${path}: ${found.join('; ')}`).toBeGreaterThanOrEqual(least)
      }
    } finally {
      await browser.close()
    }
  })
})
