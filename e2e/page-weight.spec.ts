import { register, takeSession } from './account.ts'
import { aCase, anEntry, enter, newNumber } from './court.ts'
import { newAddress } from './mailbox.ts'
import { origin } from './origin.ts'
import { describe, expect, it } from './test.ts'
import { track } from './tracking.ts'
import { weighPage } from './weigh-page.ts'

// Bytes as they come over the line (P10). A thousand to the KB.
const mostScript = 140_000
const mostScriptOfForm = 165_000
// With fonts, styles and the page itself.
const mostOfAll = 230_000
// Of what a page may move by when its fonts come late; Lighthouse takes off nothing below.
const mostShift = 0.05

describe('the weight of a page', () => {
  it('P10: is at most 140 KB of JavaScript, that of the form 165, and nothing in it moves', async ({ browser, page }) => {
    const [number, address] = [newNumber(), newAddress()]
    await enter([aCase(number), ...Array.from({ length: 30 }, (_, nth) => anEntry(number, `e${nth}`))])
    await track(number, address)
    await register(address)
    await takeSession(page, address)
    const cookies = await page.context().cookies()
    for (const { path, most = mostScript, ...how } of [
      { path: '/' }, { path: `/search?q=${number.slice(0, 4)}` }, { path: `/cases/${number}` }, { path: `/cases/${number}/docket` },
      { path: `/cases/${number}/track`, most: mostScriptOfForm }, { path: '/login' }, { path: '/register', most: mostScriptOfForm },
      { path: '/help' }, { path: '/my-cases', cookies },
    ]) {
      const { script, all, shift } = await weighPage(browser, { url: origin() + path, ...how })
      // Nothing at all would be none of our pages.
      expect.soft(script, `JavaScript of ${path}`).toBeGreaterThan(50_000)
      expect.soft(script, `JavaScript of ${path}`).toBeLessThanOrEqual(most)
      expect.soft(all, `weight of ${path}`).toBeLessThanOrEqual(mostOfAll)
      expect.soft(shift, `what moves on ${path}`).toBeLessThanOrEqual(mostShift)
    }
  })
  it('P10: is less to a browser that takes what the build compressed further', async ({ browser }) => {
    const url = `${origin()}/`
    const [gzip, brotli] = [await weighPage(browser, { url }), await weighPage(browser, { url, accepted: 'gzip, deflate, br' })]
    expect(brotli.script).toBeGreaterThan(50_000)
    expect(brotli.script).toBeLessThan(gzip.script * 0.9)
  })
})
