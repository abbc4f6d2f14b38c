import { aCase, court, enter, newNumber } from './court.ts'
import { describe, expect, it } from './test.ts'

describe('a case that gets another number (A9)', () => {
  it('is reached by the old one for good, on every tab, and found by it', async ({ page, request }) => {
    const [former, number] = [newNumber(), newNumber()]
    await enter([aCase(former)])
    await enter([aCase(number, { formerNumber: former }), { type: 'docketEntry', case: former, court, id: 'e-1', filedAt: '2026-11-20', description: 'Order entered' }])
    for (const tab of ['', '/parties', '/docket', '/events', '/payments', '/track']) {
      const answer = await request.get(`/cases/${former}${tab}`, { maxRedirects: 0 })
      expect([answer.status(), answer.headers()['location']]).toEqual([308, `/cases/${number}${tab}`])
    }
    await page.goto(`/search?q=${former}`)
    await expect(page).toHaveURL(`/cases/${number}`)
    await expect(page.getByText('Order entered')).toBeVisible()
  })

  it('is not there by the old one, either, while it is confidential', async ({ request }) => {
    const [former, number] = [newNumber(), newNumber()]
    await enter([aCase(former), aCase(number, { formerNumber: former, security: 'confidential' })])
    for (const named of [former, number, newNumber()]) {
      expect((await request.get(`/cases/${named}`, { maxRedirects: 0 })).status()).toBe(404)
    }
  })
})
