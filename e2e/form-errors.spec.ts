import type { Page } from '@playwright/test'
import { answerCaptcha } from './captcha.ts'
import { aCase, court, enter, newNumber } from './court.ts'
import { mailsTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { postForm, press, resultOf, summaryOf, typeAddress } from './tracking.ts'

async function openForm(page: Page): Promise<string> {
  const number = newNumber()
  await enter([aCase(number)])
  await page.goto(`/cases/${number}/track`)
  return number
}

/** These errors and no others, each at its field and in the summary at the top. */
async function expectErrors(page: Page, errors: Readonly<Record<string, string>>): Promise<void> {
  const summary = summaryOf(page)
  await expect(summary.getByRole('link')).toHaveText(Object.values(errors))
  await expect(page).toHaveTitle(/^Error: /)
  for (const [label, sentence] of Object.entries(errors)) {
    const field = page.getByRole('main').getByLabel(label, { exact: true })
    await expect(field).toHaveAccessibleDescription(new RegExp(sentence.replaceAll('.', '\\.')))
    await expect(page.getByRole('main').getByRole('alert').and(page.getByText(sentence, { exact: true }))).toBeVisible()
  }
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(Object.keys(errors).length + 1)
}

const byForm = [
  {
    name: 'nothing', email: '', again: '',
    errors: { 'E-mail address': 'Enter your e-mail address.', 'Confirm e-mail address': 'Confirm your e-mail address.' },
  },
  {
    name: 'an address in a wrong format', email: 'name@example', again: 'name@example',
    errors: { 'E-mail address': 'Enter an e-mail address in the correct format, like name@example.com.' },
  },
  {
    name: 'a second address', email: 'one@mail.example', again: 'two@mail.example',
    errors: { 'Confirm e-mail address': 'The e-mail addresses do not match.' },
  },
] as const

describe('the form', () => {
  it('has the labels that people and programs know it by, on native controls', async ({ page }) => {
    await openForm(page)
    await page.getByLabel('Receive text notices', { exact: true }).check()
    const controls = {
      'E-mail address': 'textbox', 'Confirm e-mail address': 'textbox',
      'Receive text notices': 'checkbox', 'Phone number': 'textbox', 'Carrier': 'combobox',
      '10 days before a scheduled event': 'checkbox', '2 days before a scheduled event': 'checkbox',
      '2 days before a scheduled payment': 'checkbox',
    } as const
    for (const [name, role] of Object.entries(controls)) {
      await expect(page.getByRole(role, { name, exact: true }).and(page.locator('input, select')), name).toBeVisible()
    }
    await expect(page.getByRole('button')).toHaveText(['Track This Case', 'Tracking Report'])
  })

  it('says what it is and is not before anyone asks', async ({ page }) => {
    await openForm(page)
    for (const words of [
      'It is free', 'any number of cases', 'courtesy', 'official court notice, service of process or legal advice',
      'in the evening', 'late or lost', 'a deadline runs from the filing date', 'only', 'carrier may charge', 'Replies are not read',
      'IMPORTANT: your e-mail request must be verified before your text request can be activated.',
    ]) await expect(page.getByRole('main')).toContainText(words)
  })
})

describe('an error in the form', () => {
  // The browser notes every answer that is no success.
  it.use({ allowedComplaints: [/status of (400|503)/] })

  for (const { name, email, again, errors } of byForm) {
    it(`is said at its field and at the top of the page when ${name} was typed`, async ({ page }) => {
      await openForm(page)
      await typeAddress(page, email, again)
      await page.getByLabel('2 days before a scheduled payment').check()
      await press(page, 'Track This Case')
      await expectErrors(page, errors)
      await expect(summaryOf(page)).toBeFocused()
      await expect(page.getByLabel('E-mail address', { exact: true })).toHaveValue(email)
      await expect(page.getByLabel('Confirm e-mail address')).toHaveValue(again)
      await expect(page.getByLabel('2 days before a scheduled payment')).toBeChecked()
      await expect(page.getByLabel('2 days before a scheduled event')).not.toBeChecked()
    })
  }

  it('is said of a phone number, by the page or by the server, and is led to from the summary', async ({ page }) => {
    await openForm(page)
    const address = newAddress()
    const phone = page.getByLabel('Phone number')
    await typeAddress(page, address)
    await expect(phone).toBeHidden()
    await page.getByLabel('Receive text notices').check()
    await expect(page.getByLabel('Carrier')).toBeVisible()
    // The page sees that the first is no number; that the last, a toll-free one, gets no texts only the server knows.
    const isWrong = 'Enter a 10-digit US phone number, like 573-555-0123.'
    const sayings = [['573-555', isWrong], ['', 'Enter your phone number.'], ['888-555-0123', isWrong]] as const
    for (const [typed, sentence] of sayings) {
      await phone.fill(typed)
      await press(page, 'Track This Case')
      await expectErrors(page, { 'Phone number': sentence })
      await expect(summaryOf(page)).toBeFocused()
      await expect(phone).toHaveValue(typed)
    }
    await summaryOf(page).getByRole('link').click()
    await expect(phone).toBeFocused()
    await expect(page.getByLabel('E-mail address', { exact: true })).toHaveValue(address)
  })

  it('does not stand in the way of a report when it is about the phone', async ({ page }) => {
    await openForm(page)
    await typeAddress(page, newAddress())
    await page.getByLabel('Receive text notices').check()
    await press(page, 'Tracking Report')
    await expect(resultOf(page)).toContainText('An e-mail is being sent')
  })

  it('goes away when it is mended', async ({ page }) => {
    await openForm(page)
    await press(page, 'Track This Case')
    await expect(summaryOf(page)).toBeVisible()
    await typeAddress(page, newAddress())
    await press(page, 'Track This Case')
    await expect(resultOf(page)).toContainText('A verification e-mail is being sent')
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
    await expect(page).not.toHaveTitle(/^Error/)
  })

  it('is said when the service does not answer, and keeps what was typed', async ({ page, context }) => {
    await openForm(page)
    const address = newAddress()
    await typeAddress(page, address)
    await context.route('**/api/trpc/**', (route) => route.fulfill({ status: 503, body: 'Down' }))
    await press(page, 'Track This Case')
    await expect(summaryOf(page)).toContainText('Sorry, there is a problem with the service.')
    await expect(page.getByLabel('E-mail address', { exact: true })).toHaveValue(address)
    await context.unroute('**/api/trpc/**')
    await press(page, 'Track This Case')
    await expect(resultOf(page)).toContainText('A verification e-mail is being sent')
  })
})

describe('the verification', () => {
  it('is required, is taken once, and cannot be made up', async ({ page }) => {
    const number = await openForm(page)
    const address = newAddress()
    const asked = { wantsText: 'on', phone: '573-555-0123', eventTenDays: 'on', action: 'track' }
    const typed = { number, court, email: address, confirmEmail: address, ...asked }

    await postForm(page, 'track', typed)
    await expectErrors(page, { Verification: 'Verification is required.' })
    await expect(page.getByLabel('Phone number')).toHaveValue('573-555-0123')
    await expect(page.getByLabel('10 days before a scheduled event')).toBeChecked()

    const altcha = await answerCaptcha()
    await postForm(page, 'track', { ...typed, altcha })
    await expect(resultOf(page)).toContainText('A verification e-mail is being sent')

    for (const wrong of [altcha, altcha.slice(0, -8), 'bm90aGluZw==']) {
      await postForm(page, 'track', { ...typed, altcha: wrong })
      await expectErrors(page, { Verification: 'Captcha invalid.' })
      await expect(page.getByLabel('E-mail address', { exact: true })).toHaveValue(address)
    }
    await expect.poll(() => mailsTo(address)).toHaveLength(1)
  })

  it('is not used up by an error of typing', async ({ page }) => {
    const number = await openForm(page)
    const address = newAddress()
    const typed = { number, court, email: address, confirmEmail: address, action: 'track', altcha: await answerCaptcha() }
    await postForm(page, 'track', { ...typed, wantsText: 'on', phone: '573-555-0123', carrier: 'nobody' })
    await expectErrors(page, { Carrier: 'Choose your carrier.' })
    await postForm(page, 'track', typed)
    await expect(resultOf(page)).toContainText('A verification e-mail is being sent')
  })
})
