import { expectAccessible } from './accessible.ts'
import { logIn, password, register } from './account.ts'
import { aCase, anEntry, enter, holdEvening, newNumber } from './court.ts'
import { linkIn, mailsTo, mailTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { press, resultOf, summaryOf, track } from './tracking.ts'

describe('who has an account', () => {
  it('registers, tracks a case at once, and is told the same evening', async ({ page }) => {
    const number = newNumber()
    const address = newAddress()
    await enter([aCase(number)])
    await register(address)

    await it.step('tracks with the address of the account (D1, D2)', async () => {
      await logIn(page, address, `/cases/${number}/track`)
      await expect(page.getByRole('main')).toContainText(address)
      await expect(page.getByRole('main').getByRole('link', { name: 'My Account' })).toBeVisible()
      await expect(page.getByLabel('E-mail address', { exact: true })).toHaveCount(0)
      await expectAccessible(page)
      await page.waitForLoadState()
      await press(page, 'Track This Case')
      await expect(resultOf(page)).toHaveText('You are now tracking this case.')
      await page.goto(`/cases/${number}/track`)
      await page.waitForLoadState()
      await press(page, 'Tracking Report')
      await expect(resultOf(page)).toContainText('An e-mail is being sent to the e-mail address provided below.')
      expect((await mailTo(address, 'Your tracking report')).text).toContain(number)
    })

    await it.step('gets no verification e-mail, and the notice in the evening', async () => {
      await enter([anEntry(number, 'new', { description: 'Motion to compel' })])
      await holdEvening()
      expect((await mailTo(address, `Case ${number}: 1 new entry`)).text).toContain('Motion to compel')
      expect((await mailsTo(address)).map(({ subject }) => subject)).toEqual([`Case ${number}: 1 new entry`, 'Your tracking report', 'Confirm your account'])
    })
  })

  it('has what its address tracked before, moves it to another address, and deletes it', async ({ page }) => {
    const [number, other] = [newNumber(), newNumber()]
    const [address, wanted] = [newAddress(), newAddress('moved')]
    await enter([aCase(number), aCase(other)])
    await track(number, address)
    await track(number, wanted)
    await track(other, wanted)
    const early = linkIn(await mailTo(wanted, `Confirm that you want to track case ${other}`), '/stop/')
    await register(address)
    await logIn(page, address, '/account')

    const myData = async () => {
      await page.goto('/account')
      const file = await page.getByRole('link', { name: 'Download my data' }).getAttribute('href')
      return page.evaluate(async (path) => (await fetch(path)).text(), file ?? '')
    }
    const cases = (data: string): string[] => [number, other].filter((one) => data.includes(`"caseNumber": "${one}"`))

    await it.step('it adopts what the address tracked (D6)', async () => {
      expect(cases(await myData())).toEqual([number])
      await expectAccessible(page)
    })

    await it.step('the new address confirms before anything changes (G1)', async () => {
      await page.goto('/account/address')
      await expectAccessible(page)
      await page.getByLabel('New e-mail address').fill(wanted)
      await page.getByLabel('Password', { exact: true }).fill('wrong guess')
      await press(page, 'Change the address')
      await expect(summaryOf(page)).toContainText('The password is wrong.')
      await expect(page.getByLabel('New e-mail address')).toHaveValue(wanted)
      await page.getByLabel('Password', { exact: true }).fill(password)
      await press(page, 'Change the address')
      await expect(resultOf(page)).toContainText('An e-mail is being sent to the new address.')
      expect((await mailTo(address, 'The address of your account is to be changed')).text).toContain(wanted)
      await page.goto('/account')
      await expect(page.getByRole('main')).toContainText(`It is to become ${wanted}`)
      await page.goto(linkIn(await mailTo(wanted, 'Confirm the new address of your account'), '/confirm/'))
      await expectAccessible(page)
      await press(page, 'Confirm')
      await expect(resultOf(page)).toContainText('The address of your account is changed.')
    })

    await it.step('notices go there, one for what both tracked', async () => {
      await enter([anEntry(number, 'new'), anEntry(other, 'new')])
      await holdEvening()
      for (const one of [number, other]) await mailTo(wanted, `Case ${one}: 1 new entry`)
      expect((await mailsTo(wanted)).filter(({ subject }) => subject === `Case ${number}: 1 new entry`)).toHaveLength(1)
      expect((await mailsTo(address)).filter(({ subject }) => subject.startsWith('Case '))).toEqual([])
      expect(cases(await myData())).toEqual([number, other])
    })

    await it.step('sessions are listed and ended, and the password changed', async () => {
      await logIn(page, wanted, '/account')
      await expect(page.getByText('This one')).toHaveCount(1)
      await page.getByRole('button', { name: /^End the session of/ }).first().click()
      await expect(resultOf(page)).toHaveText('The session has ended.')
      await page.goto('/account/password')
      await expectAccessible(page)
      await page.getByLabel('Old password').fill(password)
      await page.getByLabel('New password').fill(`${password} again`)
      await press(page, 'Save the password')
      await expect(resultOf(page)).toContainText('Your password is changed.')
    })

    await it.step('the account is deleted, and old links answer as before (E5)', async () => {
      await page.goto('/account/delete')
      await expectAccessible(page)
      await page.getByLabel('Password', { exact: true }).fill(`${password} again`)
      await press(page, 'Delete my account')
      await expect(resultOf(page)).toHaveText('Your account and all that it tracked are deleted.')
      await page.goto('/account')
      await expect(page).toHaveURL('/login?next=%2Faccount')
      expect(new URL((await page.request.get('/api/account/data')).url()).pathname).toBe('/login')
      await page.goto(early)
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer tracking this case.')
    })
  })
})
