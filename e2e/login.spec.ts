import { expectAccessible } from './accessible.ts'
import { logIn, password } from './account.ts'
import { linkIn, mailTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { press, resultOf, summaryOf } from './tracking.ts'

describe('an account', () => {
  it('is asked for, confirmed, logged in to and out of, and gets another password when the first is forgotten', async ({ page }) => {
    const address = newAddress()
    const email = page.getByLabel('E-mail address', { exact: true })

    await it.step('register: errors keep what was typed, and the answer is the same for all', async () => {
      await page.goto('/register')
      await expectAccessible(page)
      await email.fill(address)
      await page.getByLabel('Password', { exact: true }).fill('short')
      await press(page, 'Register')
      await expect(summaryOf(page)).toContainText('Use 8 characters or more for the password.')
      await expect(page).toHaveTitle(/^Error: Register/)
      await expect(email).toHaveValue(address)
      await expectAccessible(page)
      await page.getByLabel('Password', { exact: true }).fill(password)
      await press(page, 'Register')
      await expect(resultOf(page)).toHaveText('An e-mail is being sent to the address you provided. Open the link in it to finish.')
    })

    await it.step('confirm: opening the link changes nothing', async () => {
      const mail = await mailTo(address, 'Confirm your account')
      expect(mail.text).toContain('There is none until you confirm it')
      await page.goto(linkIn(mail, '/confirm/'))
      await expectAccessible(page)
      await press(page, 'Confirm')
      await expect(resultOf(page)).toHaveText('Your account is confirmed. You can log in now.')
    })

    await it.step('log in: a wrong password says nothing of the address', async () => {
      await page.goto('/login?next=%2Fhelp')
      await expectAccessible(page)
      await email.fill(address)
      await page.getByLabel('Password', { exact: true }).fill('wrong guess')
      await press(page, 'Log in')
      await expect(summaryOf(page)).toContainText('The e-mail address or the password is wrong.')
      await expect(email).toHaveValue(address)
      await logIn(page, address, '/help')
      await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My Account' })).toBeVisible()
    })

    await it.step('forgot: a link works once, and ends every session', async () => {
      await page.goto('/forgot')
      await expectAccessible(page)
      await email.fill(address)
      await press(page, 'Send me a link')
      await expect(resultOf(page)).toContainText('It says how to choose a new password.')
      const link = linkIn(await mailTo(address, 'Choose a new password'), '/reset/')
      await page.goto(link)
      await expectAccessible(page)
      await page.getByLabel('New password').fill(`${password} again`)
      await press(page, 'Save the password')
      await expect(resultOf(page)).toContainText('Your password is changed.')
      await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My Account' })).toHaveCount(0)
      await page.goto(link)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not work')
    })

    await it.step('log out', async () => {
      await page.goto('/login')
      await email.fill(address)
      await page.getByLabel('Password', { exact: true }).fill(`${password} again`)
      await press(page, 'Log in')
      await press(page, 'Log out')
      await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Log in' })).toBeVisible()
    })
  })

  it('S10: leads from its log-in to pages of ours only', async ({ page }) => {
    for (const next of ['//elsewhere.example', 'https://elsewhere.example/', '/\\elsewhere.example', '/..//elsewhere.example', 'javascript:alert(1)', '/api/mailbox', '/%61pi/mailbox']) {
      await page.goto(`/login?next=${encodeURIComponent(next)}`)
      await expect(page.locator('input[name=next]')).toHaveCount(0)
    }
  })
})
