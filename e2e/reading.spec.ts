import { aCase, anEntry, enter, newNumber } from './court.ts'
import { linkIn, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { askToTrack } from './tracking.ts'

describe('the list of courts (A8)', () => {
  it('names circuits, courts with their counties, which take part and since when, and what is excluded', async ({ page }) => {
    await page.goto('/courts')
    const main = page.getByRole('main')
    await expect(main.getByRole('heading', { name: '46th Judicial Circuit' })).toBeVisible()
    const taking = main.getByRole('listitem').filter({ hasText: 'Boone County' })
    await expect(taking).toContainText('Takes part')
    await expect(taking).toContainText(/Since \w+ \d+, \d{4}/)
    const other = main.getByRole('listitem').filter({ hasText: 'Worth County' })
    await expect(other).toContainText('Takes no part')
    await expect(other).not.toContainText('Since')
    await expect(main).toContainText('Adoption (AD). Adoption records are closed to the public by law.')
  })
})

describe('the help (J1)', () => {
  it('is read without an account, and is one step away from everywhere', async ({ page }) => {
    await page.goto('/')
    await page.getByRole('link', { name: 'Help', exact: true }).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Help')
    const main = page.getByRole('main')
    for (const words of ['ttc@courts.mo.gov', '(888) 541-4894', 'OSCA.HELP.DESK@courts.mo.gov', 'spam', 'It is not official court notice']) {
      await expect(main).toContainText(words)
    }
    expect(await main.getByRole('table').count()).toBeGreaterThan(0)
  })
})

describe('search engines', () => {
  it('are asked to leave out case pages and pages of links, and nothing that says what the service is (H6)', async ({ page }) => {
    const number = newNumber()
    await enter([aCase(number), anEntry(number, 'a')])
    const verification = await askToTrack(number, newAddress())
    const asks = page.locator('meta[name=robots][content*=noindex]')
    const tabs = ['', '/parties', '/docket', '/events', '/payments', '/track'].map((tab) => `/cases/${number}${tab}`)
    for (const address of [...tabs, '/search?q=Farrow', linkIn(verification, '/confirm/'), linkIn(verification, '/stop/'), '/report/made-up']) {
      await page.goto(address)
      await expect(asks, address).toHaveCount(1)
    }
    for (const address of ['/', '/help', '/courts']) {
      await page.goto(address)
      await expect(asks, address).toHaveCount(0)
    }
  })
})
