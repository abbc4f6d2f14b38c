import { aCase, anEntry, enter, holdEvening, newNumber } from './court.ts'
import { linkIn, linksIn, mailsTo, mailTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { askToTrack, press, resultOf, typeAddress } from './tracking.ts'

describe('a visitor without an account', () => {
  it('finds a case, confirms, is told what the court enters, and stops', async ({ page, request }) => {
    const number = newNumber()
    const address = newAddress()
    await enter([aCase(number), anEntry(number, 'before', { description: 'Answer filed' })])

    await it.step('finds the case and asks to track it', async () => {
      await page.goto('/')
      await page.getByLabel('Case number or name').fill(number.toLowerCase())
      await press(page, 'Search')
      await expect(page).toHaveURL(`/cases/${number}`)
      await page.getByRole('link', { name: 'Track This Case', exact: true }).click()
      await typeAddress(page, address)
      await press(page, 'Track This Case')
      await expect(resultOf(page)).toHaveText(
        'A verification e-mail is being sent to the address you provided. Please read and complete the appropriate steps to finish the verification process. If you are already tracking this case, you will not receive another verification e-mail.',
      )
    })

    const verification = await mailTo(address, `Confirm that you want to track case ${number}`)
    const confirmLink = linkIn(verification, '/confirm/')
    await it.step('is told nothing while nobody pressed Confirm, whoever opens the link', async () => {
      for (const part of [verification.html, verification.text]) {
        expect(part).toContain(number)
        expect(part).toContain(address)
      }
      expect((await request.head(confirmLink)).status()).toBe(200)
      await page.goto(confirmLink)
      await page.goto(confirmLink)
      await enter([anEntry(number, 'unheard')])
      await holdEvening()
      expect(await mailsTo(address)).toHaveLength(1)
    })

    await it.step('confirms, as often as it is pressed', async () => {
      await press(page, 'Confirm')
      await expect(resultOf(page)).toHaveText('You are now tracking this case.')
      await page.goto(confirmLink)
      await press(page, 'Confirm')
      await expect(resultOf(page)).toHaveText('You are now tracking this case.')
    })

    const notice = await it.step('is told once of all that was entered, as it stands', async () => {
      await enter([
        anEntry(number, 'new', { description: 'Motion to compel', text: 'As first typed.' }),
        anEntry(number, 'new', { description: 'Motion to compel', text: 'As typed in the end.' }),
        anEntry(number, 'before', { description: 'Amended answer filed' }),
        anEntry(number, 'void', { description: 'Order for another case' }),
        anEntry(number, 'void', { description: 'Order for another case', status: 'voided' }),
      ])
      await holdEvening()
      const subject = `Case ${number}: 1 new entry, 1 corrected entry, 1 voided entry`
      const told = await mailTo(address, subject)
      expect(await mailsTo(address)).toHaveLength(2)
      for (const part of [told.html, told.text]) {
        for (const words of [
          'Motion to compel', 'As typed in the end.', 'Amended answer filed', 'Answer filed', 'Order for another case',
          'Filed November 2, 2026, 10:15 a.m.', 'Last activity',
        ]) expect(part).toContain(words)
        expect(part).not.toContain('As first typed.')
        expect(part).not.toContain('Motion unheard')
      }
      expect(told.text).toMatch(/^New: Motion to compel$/m)
      expect(told.text).toMatch(/^Corrected: Amended answer filed$/m)
      expect(told.text).toMatch(/^Voided: Order for another case$/m)
      return told
    })

    const stopLink = linkIn(notice, '/stop/')
    await it.step('is asked before anything stops, and NO stops nothing', async () => {
      await page.goto(stopLink)
      await expect(page.getByRole('heading', { name: `Do you want to stop tracking case number ${number}?` })).toBeVisible()
      await expect(page.getByLabel('Stop e-mail and text?')).toBeChecked()
      await press(page, 'NO')
      await expect(page).toHaveURL('/')
      await enter([anEntry(number, 'after no')])
      await holdEvening()
      await mailTo(address, `Case ${number}: 1 new entry`)
    })

    await it.step('stops with YES, for good', async () => {
      await page.goto(stopLink)
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer tracking this case.')
      await enter([anEntry(number, 'after yes')])
      await holdEvening()
      expect(await mailsTo(address)).toHaveLength(3)
      await page.goto(stopLink)
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer tracking this case.')
    })
  })

  it('confirms all that waits with one button', async ({ page }) => {
    const [one, other] = [newNumber(), newNumber()]
    const address = newAddress()
    await enter([aCase(one), aCase(other)])
    for (const number of [one, other]) {
      await page.goto(`/cases/${number}/track`)
      await typeAddress(page, address)
      await press(page, 'Track This Case')
      await expect(resultOf(page)).toBeVisible()
    }
    const verification = await mailTo(address, 'Confirm that you want to track 2 cases')
    const confirmLinks = linksIn(verification).filter((link) => link.includes('/confirm/'))
    expect(confirmLinks).toHaveLength(3)
    await page.goto(confirmLinks[0] ?? '')
    for (const words of [one, other, address]) await expect(page.getByRole('main')).toContainText(words)
    await press(page, 'Confirm')
    await expect(resultOf(page)).toHaveText('You are now tracking this case.')
    await enter([anEntry(one, 'a'), anEntry(other, 'a')])
    await holdEvening()
    for (const number of [one, other]) await mailTo(address, `Case ${number}: 1 new entry`)
  })

  it('may stop only texts, by a link with that choice or by choosing it', async ({ page }) => {
    const number = newNumber()
    const address = newAddress()
    await enter([aCase(number)])
    const verification = await askToTrack(number, address)
    await page.goto(linkIn(verification, 'choice=textOnly'))
    await expect(page.getByLabel('Stop text only?')).toBeChecked()
    await press(page, 'YES')
    await expect(resultOf(page)).toHaveText('You are no longer tracking this case by text.')
    await page.goto(linkIn(verification, '/confirm/'))
    await press(page, 'Confirm')
    await expect(resultOf(page)).toHaveText('You are now tracking this case.')
  })

  it('withdraws a request by stopping it, and is then told that the confirm link does not work', async ({ page }) => {
    const number = newNumber()
    const address = newAddress()
    await enter([aCase(number)])
    const verification = await askToTrack(number, address)
    await page.goto(linkIn(verification, '/stop/'))
    await press(page, 'YES')
    await expect(resultOf(page)).toHaveText('You are no longer tracking this case.')
    await page.goto(linkIn(verification, '/confirm/'))
    await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
  })
})
