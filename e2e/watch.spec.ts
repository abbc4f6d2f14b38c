import { expectAccessible } from './accessible.ts'
import { logIn, register } from './account.ts'
import { aCase, courtName, enter, holdEvening, linesOf, newNumber, someLetters } from './court.ts'
import { linkIn, mailsTo, mailTo, newAddress } from './mailbox.ts'
import { origin } from './origin.ts'
import { bearing, secrets } from './secrets.ts'
import { describe, expect, it } from './test.ts'
import { press, resultOf, summaryOf, tokenIn } from './tracking.ts'

describe('a watch (G7)', () => {
  it('of a name is begun from its search, tells in the evening of new cases, and is stopped from its mail', async ({ page }) => {
    const [address, name] = [newAddress('watcher'), someLetters(9)]
    const [old, fresh, history] = [newNumber(), newNumber(), newNumber()]
    const named = (number: string) => aCase(number, { caption: `Ida ${name} v. Tern Foundry` })
    await enter([named(old)])
    await register(address)
    await logIn(page, address, '/help')

    await it.step('a search is saved under a name, renamed and watched', async () => {
      await page.goto(`/search?q=${name}&status=open`)
      await page.getByText('Save this search').click()
      await page.getByLabel('Name of the search').fill('')
      await press(page, 'Save the search')
      await expect(summaryOf(page)).toContainText('Enter a name for the search.')
      await page.getByLabel('Name of the search').fill('Aunt Ida')
      await press(page, 'Save the search')
      await expect(resultOf(page)).toHaveText('The search is saved.')
      await expect(page).toHaveURL(/\/my-cases\/searches\?answer=/)
      await page.getByText('Rename').click()
      await page.getByLabel('Name of the search').fill('My aunt')
      await press(page, 'Save the name')
      await page.getByRole('button', { name: 'Watch “My aunt”' }).click()
      await expect(resultOf(page)).toContainText('You are now watching this search.')
      await expectAccessible(page)
      await expect(page.getByRole('link', { name: 'My aunt' })).toHaveAttribute('href', `/search?q=${name}&status=open`)
    })

    const mail = await it.step('the evening tells of what is new, once, and of no history', async () => {
      await enter([named(fresh)])
      const quiet = await fetch(`${origin()}/api/feed?notices=none`, {
        method: 'POST', body: linesOf([named(history)]), headers: { ...bearing(secrets.FEED_SECRET), 'content-type': 'application/x-ndjson' },
      })
      expect(quiet.status).toBe(200)
      await holdEvening()
      return mailTo(address, '1 new case matches a search you watch')
    })

    await it.step('its mail names the case and where it is, and tracks nothing', async () => {
      for (const part of [mail.html, mail.text]) {
        for (const words of [fresh, courtName, 'My aunt', 'This does not track them']) expect(part).toContain(words)
        for (const number of [old, history]) expect(part).not.toContain(number)
      }
      await page.goto(linkIn(mail, `/cases/${fresh}`))
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Ida')
    })

    await it.step('its link asks, and stops without a log-in', async () => {
      await page.context().clearCookies()
      const link = linkIn(mail, '/stop-watch/')
      await page.goto(link)
      await expectAccessible(page)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Do you want to stop watching “My aunt”?')
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer watching this search.')
      const oneClick = await page.request.post(`/api/stop/${tokenIn(link)}`, { form: { 'List-Unsubscribe': 'One-Click' } })
      expect(oneClick.status()).toBe(200)
      await enter([named(newNumber())])
      await holdEvening()
      expect((await mailsTo(address)).filter(({ subject }) => subject.includes('you watch'))).toHaveLength(1)
    })
  })
})
