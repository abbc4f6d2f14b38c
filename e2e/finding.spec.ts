import type { Page } from '@playwright/test'
import { courtTakesNoPart, oneNumberOnly } from '../server/contract/wording.ts'
import { answerCaptcha } from './captcha.ts'
import { aCase, anEntry, court, courtName, enter, newNumber, someLetters } from './court.ts'
import { linkIn, mailsTo, mailTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { postForm, press, resultOf, typeAddress } from './tracking.ts'

async function search(page: Page, typed: string): Promise<void> {
  await page.goto('/')
  await page.getByLabel('Case number or name').fill(typed)
  await press(page, 'Search')
}

const found = (page: Page) => page.getByRole('main').getByRole('listitem').getByRole('link', { name: ' v. ' })

describe('a search', () => {
  it('opens the case of an exact number, however it is written', async ({ page }) => {
    const number = newNumber()
    await enter([aCase(number)])
    for (const typed of [number, number.toLowerCase(), number.replace('-', ''), ` ${number.toLowerCase().replace('-', ' ')} `]) {
      await search(page, typed)
      await expect(page).toHaveURL(`/cases/${number}`)
    }
    await page.goto(`/cases/${number.toLowerCase().replace('-', '')}/docket`)
    await expect(page).toHaveURL(`/cases/${number}/docket`)
  })

  it('finds by the beginning of a number', async ({ page }) => {
    const stem = newNumber().slice(0, -1)
    await enter([aCase(`${stem}1`), aCase(`${stem}2`)])
    await search(page, stem)
    await expect(page.getByText('2 cases', { exact: true })).toBeVisible()
    await expect(found(page)).toHaveCount(2)
    await expect(page.getByText(oneNumberOnly)).toHaveCount(0)
  })

  it('finds a name in any order, whatever its case and accents, and says what tracking covers', async ({ page }) => {
    const surname = `Żeły${someLetters(7).toLowerCase()}`
    const plain = surname.normalize('NFKD').replace(/\p{M}/gu, '')
    const number = newNumber()
    const parties = [{ name: `${surname}, Ana-Lucía`, role: 'Plaintiff' }]
    await enter([aCase(number, { caption: `Ana-Lucía ${surname} v. Ridge Mutual`, parties })])
    for (const typed of [`${surname}, Ana`, `${plain.toUpperCase()} lucia`, `ANA LUCIA ${plain.toLowerCase()}`]) {
      await search(page, typed)
      await expect(found(page)).toHaveText(`Ana-Lucía ${surname} v. Ridge Mutual`)
      await expect(page.getByText('Tracking covers one case number. Other cases with the same name need their own.')).toBeVisible()
      await expect(page.getByLabel('Case number or name')).toHaveValue(typed)
    }
  })

  it('says how many there are, a page at a time, in the order asked for', async ({ page }) => {
    const surname = `Quarr${someLetters(8).toLowerCase()}`
    const stem = newNumber().slice(0, -2)
    const sides = Array.from({ length: 25 }, (_, index) => index + 10)
    await enter(sides.map((side) => aCase(`${stem}${side}`, { caption: `${surname} v. Side ${side}` })))
    await search(page, surname)
    await expect(page.getByText('25 cases', { exact: true })).toBeVisible()
    await expect(found(page)).toHaveCount(20)
    await page.getByRole('link', { name: 'Case number', exact: true }).click()
    await expect(found(page).first()).toHaveText(`${surname} v. Side 10`)
    await page.getByRole('link', { name: 'Next page' }).click()
    await expect(page.getByText('Page 2 of 2')).toBeVisible()
    await expect(found(page)).toHaveText([30, 31, 32, 33, 34].map((side) => `${surname} v. Side ${side}`))
    await page.getByRole('link', { name: 'Previous page' }).click()
    await expect(found(page)).toHaveCount(20)
  })

  it('is narrowed by court, type, status and day of filing', async ({ page }) => {
    const surname = `Tolm${someLetters(8).toLowerCase()}`
    const number = newNumber()
    await enter([
      aCase(number, { caption: `${surname} v. One`, filedOn: '2026-05-04' }),
      aCase(`${number}1`, { caption: `${surname} v. Two`, status: 'closed', filedOn: '2026-05-05' }),
      aCase(`${number}2`, { caption: `${surname} v. Three`, court: '19-COLE', filedOn: '2026-05-06' }),
    ])
    await search(page, surname)
    await expect(found(page)).toHaveCount(3)
    await page.getByText('More ways to search').click()
    await page.getByLabel('Court', { exact: true }).selectOption(court)
    await page.getByLabel('Open or closed').selectOption('open')
    await page.getByLabel('Filed from').fill('2026-05-01')
    await press(page, 'Search')
    await expect(found(page)).toHaveText([`${surname} v. One`])
    await expect(page.getByLabel('Court', { exact: true })).toHaveValue(court)
    await page.getByLabel('Filed from').fill('2026-05-05')
    await press(page, 'Search')
    await expect(page.getByText('No cases found.')).toBeVisible()
  })

  it('says so when nothing was found, and what to try', async ({ page }) => {
    await search(page, `Nobody ${someLetters(12)}`)
    await expect(page.getByText('No cases found.')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'What to try' })).toBeVisible()
  })
})

describe('a number in two courts', () => {
  it('leads to a choice, from there to each case, and to tracking the one that was chosen', async ({ page }) => {
    const number = newNumber()
    const address = newAddress()
    const inCole = { court: '19-COLE' }
    await enter([
      aCase(number, { caption: 'Aster v. Boone' }), aCase(number, { caption: 'Aster v. Cole', ...inCole }), anEntry(number, 'one', inCole),
    ])
    await search(page, number)
    await expect(page.getByText('2 cases', { exact: true })).toBeVisible()
    await page.goto(`/cases/${number}`)
    await expect(page.getByText('More than one court has a case with this number.')).toBeVisible()
    await page.getByRole('link', { name: courtName }).click()
    await expect(page).toHaveURL(`/cases/${number}?court=13-BOONE`)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Boone')
    await page.goto(`/cases/${number}/docket`)
    await page.getByRole('link', { name: 'Cole County' }).click()
    await expect(page).toHaveURL(`/cases/${number}/docket?court=19-COLE`)
    await expect(page.getByRole('heading', { name: 'Motion one' })).toBeVisible()
    await page.getByLabel('Filter entries').fill('Motion')
    await press(page, 'Filter')
    await expect(page.getByRole('heading', { name: 'Motion one' })).toBeVisible()
    await page.getByRole('link', { name: 'Case Header' }).click()
    await page.getByRole('link', { name: 'Track This Case', exact: true }).click()
    await typeAddress(page, address)
    await press(page, 'Track This Case')
    await expect(resultOf(page)).toContainText('A verification e-mail is being sent')
    expect(linkIn(await mailTo(address, /^Confirm/), '/cases/')).toContain(`/cases/${number}?court=19-COLE`)
  })
})

describe('a confidential case', () => {
  it.use({ allowedComplaints: [/status of 404/] })

  it('is as if it did not exist', async ({ page }) => {
    const [secret, turned, never] = [newNumber(), newNumber(), newNumber()]
    const surname = `Hush${someLetters(8).toLowerCase()}`
    const caption = `${surname} v. Somebody`
    await enter([aCase(secret, { caption, security: 'confidential' }), aCase(turned, { caption })])
    await enter([aCase(turned, { caption, security: 'confidential' })])

    const said: string[] = []
    for (const number of [secret, turned, never]) {
      for (const tab of ['/parties', '/docket', '/events', '/payments', '?court=13-BOONE', '/docket?filter=Motion']) {
        expect((await page.request.get(`/cases/${number}${tab}`)).status(), tab).toBe(404)
      }
      for (const tab of ['', '/track']) {
        expect((await page.goto(`/cases/${number}${tab}`))?.status(), tab).toBe(404)
        said.push((await page.locator('body').innerText()).replaceAll(number, 'NUMBER') + await page.title())
      }
    }
    expect(new Set(said)).toHaveProperty('size', 1)
    expect(said[0]).toContain('Page not found')

    for (const typed of [secret, turned, surname]) {
      await search(page, typed)
      await expect(page.getByText('No cases found.')).toBeVisible()
    }
    const altcha = await answerCaptcha()
    const address = newAddress()
    const answers = await Promise.all([secret, turned, never].map(async (number) => {
      const form = { number, court, email: address, confirmEmail: address, action: 'track', altcha }
      const answer = await page.request.post('/api/forms/track', { form, maxRedirects: 0 })
      return `${answer.status()} ${answer.headers()['location']?.replace(number, 'NUMBER').replace(/answer=.*/, '') ?? ''}`
    }))
    expect(new Set(answers)).toHaveProperty('size', 1)
  })
})

describe('a case that cannot be tracked', () => {
  const ways = [
    { because: 'its court takes no part', where: { court: '4-WORTH' }, sentence: courtTakesNoPart('4th Judicial Circuit, Worth County') },
    { because: 'its type is excluded', where: { caseType: 'AD' }, sentence: 'Adoption records are closed to the public by law.' },
  ]
  for (const { because, where, sentence } of ways) {
    it(`says why in one sentence everywhere when ${because}`, async ({ page }) => {
      const number = newNumber()
      const address = newAddress()
      await enter([aCase(number, where)])
      await page.goto(`/cases/${number}`)
      await expect(page.getByText(sentence)).toBeVisible()
      await expect(page.getByRole('link', { name: 'Track This Case', exact: true })).toHaveCount(0)
      await page.goto(`/cases/${number}/track`)
      await expect(page.getByText(sentence)).toBeVisible()
      await expect(page.getByRole('button', { name: 'Track This Case' })).toHaveCount(0)
      await expect(page.getByRole('textbox')).toHaveCount(0)
      await postForm(page, 'track', { number, email: address, confirmEmail: address, action: 'track', altcha: await answerCaptcha() })
      await expect(page.getByText(sentence)).toBeVisible()
      const form = { email: address, confirmEmail: address, wantsText: false, phone: '', carrier: '', eventTenDays: false, eventTwoDays: false, paymentTwoDays: false }
      const called = await page.request.post('/api/trpc/tracking.request', { data: { json: { number, form, captcha: await answerCaptcha() } } })
      expect(called.ok()).toBe(false)
      expect(await called.text()).toContain(sentence)
      expect(await mailsTo(address)).toEqual([])
    })
  }
})
