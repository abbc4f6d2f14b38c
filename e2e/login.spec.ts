import { expectAccessible } from './accessible.ts'
import { describe, expect, it } from './test.ts'

describe('the page to log in', () => {
  it('says that accounts are not open yet, and whom to ask', async ({ page }) => {
    await page.goto('/login?next=%2Fhelp%3Fa%3D1')
    await expect(page.getByRole('main')).toContainText('Accounts are not open yet at this court.')
    await expect(page.getByRole('main')).toContainText('(888) 541-4894')
    await expect(page.getByRole('main').getByRole('textbox')).toHaveCount(0)
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Go back' }).click()
    await expect(page).toHaveURL(/\/help\?a=1$/)
  })

  it('leads to pages of ours only (S10)', async ({ page }) => {
    for (const next of ['//elsewhere.example', 'https://elsewhere.example/', '/\\elsewhere.example', '/..//elsewhere.example', 'javascript:alert(1)', '/api/mailbox', '/%61pi/mailbox']) {
      await page.goto(`/login?next=${encodeURIComponent(next)}`)
      await expect(page.getByRole('main').getByRole('link', { name: 'Find a case' })).toHaveAttribute('href', '/')
    }
  })
})
