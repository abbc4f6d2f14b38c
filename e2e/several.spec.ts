import { expectAccessible } from './accessible.ts'
import { logIn, register } from './account.ts'
import { aCase, court, enter, newNumber, someLetters } from './court.ts'
import { newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { press, resultOf, summaryOf } from './tracking.ts'

describe('several cases at once (G6)', () => {
  it('are tracked from a list of 200 numbers, of which three are wrong', async ({ page }) => {
    const address = newAddress('attorney')
    const stem = `26${someLetters(5)}-CV`
    const numbers = Array.from({ length: 197 }, (_, nth) => `${stem}${String(nth).padStart(5, '0')}`)
    const twin = newNumber()
    await enter([...numbers.map((number) => aCase(number)), aCase(twin), aCase(twin, { court: '19-COLE' })])
    await page.goto('/my-cases/several')
    await expect(page, 'who is not logged in comes back').toHaveURL(/\/login\?next=%2Fmy-cases%2Fseveral$/)
    await register(address)
    await logIn(page, address, '/my-cases/several')
    await expectAccessible(page)

    await it.step('an empty list says so', async () => {
      await press(page, 'Start tracking these cases')
      await expect(summaryOf(page)).toContainText('Enter a case number, or choose a file.')
    })

    await it.step('what is right is tracked, and the wrong lines stay to be mended', async () => {
      const list = [...numbers.slice(0, 100), `${stem}99999`, twin, ...numbers.slice(100), 'no number']
      await page.getByLabel('Case numbers').fill(list.join('\n'))
      await page.getByLabel('2 days before a scheduled event').check()
      await press(page, 'Start tracking these cases')
      await expect(resultOf(page)).toContainText('You are now tracking 197 cases of this list.')
      await expect(resultOf(page)).toContainText('3 lines could not be taken.')
      expect(new URL(page.url()).search, 'nothing of it stands in the address').toMatch(/^\?answer=[\w-]{12}$/)
      await expect(page.getByLabel('Case numbers')).toHaveValue([`${stem}99999`, twin, 'no number'].join('\n'))
      const wrong = page.getByRole('table', { name: 'Lines that could not be taken, and why' })
      await expect(wrong.getByRole('row')).toHaveCount(4)
      await expect(wrong).toContainText('No case with this number was found.')
      await expect(wrong).toContainText(`Several courts have this number. Name one after a comma: ${court} (Boone County) or 19-COLE`)
      await expect(page.getByRole('group').getByText('What was taken, line by line')).toBeVisible()
      await expectAccessible(page)
    })

    await it.step('a table from a file goes with the mended lines', async () => {
      await page.getByLabel('Case numbers').fill(`${twin}, ${court}`)
      await page.getByLabel('Or choose a file').setInputFiles({
        name: 'cases.csv', mimeType: 'text/csv', buffer: Buffer.from(`Client,Case Number\r\n"Doe, A.",${numbers[0]}\r\nRoe,${twin.toLowerCase()}\r\n`),
      })
      await press(page, 'Start tracking these cases')
      await expect(resultOf(page)).toContainText('You are now tracking 1 case of this list. You tracked 1 case already.')
      await expect(resultOf(page)).toContainText('1 line could not be taken.')
    })
  })

  it('are gathered in a basket from search results, checked and tracked, without scripts too', async ({ browser, baseURL }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL === undefined ? {} : { baseURL }) })
    const page = await context.newPage()
    const [address, name] = [newAddress(), someLetters(9)]
    const numbers = [newNumber(), newNumber(), newNumber()]
    await enter(numbers.map((number) => aCase(number, { caption: `Marlow ${name} v. Tern` })))
    await page.goto(`/search?q=${name}`)
    await expect(page.getByRole('button', { name: 'Add to basket' }), 'not for who is not logged in').toHaveCount(0)
    await register(address)
    await logIn(page, address, `/search?q=${name}`)
    for (const number of numbers) await page.getByRole('checkbox', { name: `Choose case ${number}` }).check()
    await press(page, 'Add to basket')
    await expect(resultOf(page)).toHaveText('3 cases were added. Your basket has 3 cases.')
    await page.getByRole('link', { name: 'Check your cases (3)' }).click()
    await page.getByRole('button', { name: `Remove ${numbers[1]}` }).click()
    await expect(resultOf(page)).toHaveText('The case is out of your basket.')
    await expect(page.getByRole('main').getByRole('link', { name: numbers[1] ?? '' })).toHaveCount(0)
    await page.getByLabel('10 days before a scheduled event').check()
    await press(page, 'Start tracking 2 cases')
    await expect(resultOf(page)).toContainText('You are now tracking 2 cases of this list.')
    const taken = page.getByRole('table', { name: 'Lines that were taken' })
    for (const number of [numbers[0], numbers[2]]) await expect(taken.getByRole('row', { name: number ?? '' })).toContainText('You are now tracking this case.')
    await page.goto('/my-cases/basket')
    await expect(page.getByRole('main')).toContainText('Your basket is empty.')
    await context.close()
  })
})
