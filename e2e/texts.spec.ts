import { randomInt } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { answerCaptcha } from './captcha.ts'
import { aCase, anEntry, court, enter, holdEvening, newNumber } from './court.ts'
import { linkIn, mailsTo, mailTo, newAddress, type Mail } from './mailbox.ts'
import { itOnItsOwn } from './own-service.ts'
import { describe, expect } from './test.ts'
import { askToTrack, postForm, press, resultOf, summaryOf, track, typeAddress } from './tracking.ts'

// At whatever hour these run, texts may leave.
const it = itOnItsOwn({ profile: { sendingHours: { from: '00:00', to: '23:59' } } })

describe.configure({ mode: 'default' })

const sentences = {
  email: 'A verification e-mail is being sent to the address you provided. Please read and complete the appropriate steps to finish the verification process. If you are already tracking this case, you will not receive another verification e-mail.',
  text: 'A verification text will be sent to the phone number you provided once your e-mail is verified. If you are already tracking this case with the phone number entered, you will not receive another verification text.',
}

/** The digits of a phone number that no other test has. */
const newPhone = (): string => `573555${String(randomInt(10_000)).padStart(4, '0')}`
const textsTo = (phone: string): Promise<Mail[]> => mailsTo(`+1${phone}`)

/** That many texts to the phone, once they are there; the newest first. */
async function waitForTexts(phone: string, count: number): Promise<readonly Mail[]> {
  await expect.poll(async () => (await textsTo(phone)).length, { message: 'texts to the phone', intervals: [100, 250] }).toBe(count)
  return textsTo(phone)
}

/** The address with this in a text, which ends where a space does. */
function linkOf(text: Mail | undefined, part: string): string {
  const found = text?.text.split(/\s/).find((word) => word.includes(part))
  if (found === undefined) throw new Error(`No ${part} in a text.`)
  return found
}

async function fillForm(page: Page, number: string, address: string, phone: string): Promise<void> {
  await page.goto(`/cases/${number}/track`)
  await typeAddress(page, address)
  await page.getByLabel('Receive text notices', { exact: true }).check()
  await page.getByLabel('Phone number', { exact: true }).fill(`(${phone.slice(0, 3)}) ${phone.slice(3, 6)}-${phone.slice(6)}`)
}

async function pressConfirmAt(page: Page, link: string, answer: string): Promise<void> {
  await page.goto(link)
  await press(page, 'Confirm')
  await expect(resultOf(page)).toHaveText(answer)
}

/** Asks by a plain form, confirms the e-mail and the phone. */
async function trackByText(page: Page, number: string, address: string, phone: string): Promise<void> {
  const verification = await askToTrack(number, address, { wantsText: 'on', phone })
  await pressConfirmAt(page, linkIn(verification, '/confirm/'), 'You are now tracking this case.')
  const [text] = await waitForTexts(phone, 1)
  await pressConfirmAt(page, linkOf(text, '/confirm/'), 'You are now tracking this case by text.')
}

describe('a text subscriber', () => {
  it('asks with the form, verifies e-mail and phone, is texted what the court enters, and stops by the link in a text', async ({ page }) => {
    const [number, address, phone] = [newNumber(), newAddress(), newPhone()]
    await enter([aCase(number)])

    await it.step('asks, and is told of both verifications', async () => {
      await fillForm(page, number, address, phone)
      await press(page, 'Track This Case')
      await expect(resultOf(page)).toHaveText(sentences.email + sentences.text)
      await expectAccessible(page, 'the answer')
    })

    await it.step('gets no text before the e-mail is verified', async () => {
      const verification = await mailTo(address, `Confirm that you want to track case ${number}`)
      expect(await textsTo(phone)).toEqual([])
      await page.goto(linkIn(verification, '/confirm/'))
      await expect(page.getByRole('main')).toContainText(`ends in ${phone.slice(-4)}`)
      await expect(page.getByRole('main')).not.toContainText(phone.slice(0, 6))
      await expectAccessible(page, 'the page that confirms')
      await press(page, 'Confirm')
      await expect(resultOf(page)).toHaveText('You are now tracking this case.')
      await expect(page.getByRole('main')).toContainText('A verification text is being sent to the phone number you provided.')
    })

    const link = await it.step('gets the verification text, whose opening confirms nothing', async () => {
      const [text, ...others] = await waitForTexts(phone, 1)
      expect(others).toEqual([])
      expect(text?.text).toContain('Missouri Courts Track This Case')
      expect(text?.text).toContain(number)
      const confirm = linkOf(text, '/confirm/')
      await page.goto(confirm)
      await page.goto(confirm)
      await expect(page.getByRole('main')).toContainText(`ends in ${phone.slice(-4)}`)
      await enter([anEntry(number, 'unheard')])
      await expectAccessible(page, 'the page that confirms a phone')
      expect(await textsTo(phone)).toHaveLength(1)
      return confirm
    })

    await it.step('confirms, as often as it is pressed, and gets no text for that', async () => {
      for (let time = 0; time < 2; time++) await pressConfirmAt(page, link, 'You are now tracking this case by text.')
      await expectAccessible(page, 'a confirmed phone')
      expect(await textsTo(phone)).toHaveLength(1)
    })

    const told = await it.step('gets one text for what is entered', async () => {
      await enter([anEntry(number, 'told', { description: 'Motion to compel' })])
      const [text] = await waitForTexts(phone, 2)
      for (const words of [number, 'Motion to compel', `/cases/${number}`]) expect(text?.text).toContain(words)
      return text
    })

    await it.step('stops texts by the link in it, and is told by e-mail as before', async () => {
      await page.goto(linkOf(told, '/stop/'))
      await expect(page.getByRole('heading', { name: `Do you want to stop tracking case number ${number}?` })).toBeVisible()
      await expect(page.getByLabel('Stop e-mail and text?')).toBeChecked()
      await page.getByLabel('Stop text only?').check()
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer tracking this case by text.')
      await enter([anEntry(number, 'later')])
      await holdEvening()
      await mailTo(address, `Case ${number}: 3 new entries`)
      expect(await textsTo(phone)).toHaveLength(2)
    })

    await it.step('stops no e-mail by that link once its texts are stopped', async () => {
      await page.goto(linkOf(told, '/stop/'))
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer tracking this case by text.')
      await enter([anEntry(number, 'last')])
      await holdEvening()
      await mailTo(address, `Case ${number}: 1 new entry`)
    })
  })

  it('stops e-mail and texts by the link in a text', async ({ page }) => {
    const [number, address, phone] = [newNumber(), newAddress(), newPhone()]
    await enter([aCase(number)])
    await trackByText(page, number, address, phone)
    await enter([anEntry(number, 'a')])
    const [told] = await waitForTexts(phone, 2)
    for (let time = 0; time < 2; time++) {
      await page.goto(linkOf(told, '/stop/'))
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer tracking this case.')
    }
    await enter([anEntry(number, 'b')])
    await holdEvening()
    expect(await mailsTo(address)).toHaveLength(1)
    expect(await textsTo(phone)).toHaveLength(2)
  })

  it('needs no second text for another case, and sees in the report how texts stand', async ({ page }) => {
    const stem = newNumber().slice(0, -1)
    const [first, second, third] = [`${stem}1`, `${stem}2`, `${stem}3`]
    const [address, phone] = [newAddress(), newPhone()]
    await enter([aCase(first), aCase(second), aCase(third, { status: 'closed' })])
    await trackByText(page, first, address, phone)
    const verification = await askToTrack(second, address, { wantsText: 'on', phone, eventTwoDays: 'on' })
    await pressConfirmAt(page, linkIn(verification, '/confirm/'), 'You are now tracking this case.')
    await track(third, address)
    await enter([anEntry(second, 'a')])
    await waitForTexts(phone, 2)

    await postForm(page, 'track', { number: first, court, email: address, confirmEmail: address, action: 'report', altcha: await answerCaptcha() })
    const report = await mailTo(address, 'Your tracking report')
    expect(report.text.match(/^Text notices: .*$/gm)).toEqual([...Array.from({ length: 2 }, () => `Text notices: on, to the phone ending in ${phone.slice(-4)}`), 'Text notices: off'])
    await page.goto(linkIn(report, '/report/'))
    await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Text notices: on' }).filter({ hasText: '2 days before a scheduled event' })).toContainText(second)
    await expectAccessible(page, 'the report')
    await page.getByRole('link', { name: 'Stop text only for all cases' }).click()
    await press(page, 'YES')
    await expect(resultOf(page)).toHaveText('You are no longer tracking any cases by text.')
    await enter([anEntry(first, 'b'), anEntry(second, 'b')])
    await holdEvening()
    expect(await textsTo(phone)).toHaveLength(2)
  })

  it('stops e-mail and texts of a case with one click in the mail program (E4)', async ({ page }) => {
    const [number, address, phone] = [newNumber(), newAddress(), newPhone()]
    await enter([aCase(number)])
    await trackByText(page, number, address, phone)
    await enter([anEntry(number, 'a')])
    await waitForTexts(phone, 2)
    await holdEvening()
    const oneClick = linkIn(await mailTo(address, `Case ${number}: 1 new entry`), '/api/stop/')
    expect((await page.request.post(oneClick, { form: { 'List-Unsubscribe': 'One-Click' } })).status()).toBe(200)
    await enter([anEntry(number, 'b')])
    await holdEvening()
    expect(await mailsTo(address)).toHaveLength(2)
    expect(await textsTo(phone)).toHaveLength(2)
  })

  it('asks and confirms without JavaScript, and gets back what was typed wrongly', async ({ page }) => {
    const [number, address, phone] = [newNumber(), newAddress(), newPhone()]
    await enter([aCase(number)])
    const typed = { number, court, email: address, confirmEmail: address, action: 'track', wantsText: 'on' }
    await postForm(page, 'track', { ...typed, phone: '000-000-0000', altcha: await answerCaptcha() })
    await expect(summaryOf(page)).toContainText('Enter a 10-digit US phone number, like 573-555-0123.')
    await expect(page.getByLabel('Phone number', { exact: true })).toHaveValue('000-000-0000')
    await postForm(page, 'track', { ...typed, phone, altcha: await answerCaptcha() })
    await expect(resultOf(page)).toHaveText(sentences.email + sentences.text)
  })
})

describe('asking again with something new (B8)', () => {
  it('sends nothing for the same phone, and lets the old phone get texts until a new one is verified', async ({ page }) => {
    const [number, address, phone, newer] = [newNumber(), newAddress(), newPhone(), newPhone()]
    await enter([aCase(number)])
    await trackByText(page, number, address, phone)
    for (const named of [phone, newer]) {
      await fillForm(page, number, address, named)
      await press(page, 'Track This Case')
      await expect(resultOf(page)).toHaveText(sentences.email + sentences.text)
    }
    const [asking] = await waitForTexts(newer, 1)
    expect(await textsTo(phone)).toHaveLength(1)
    expect(await mailsTo(address)).toHaveLength(1)
    await enter([anEntry(number, 'to the old one')])
    await waitForTexts(phone, 2)
    await pressConfirmAt(page, linkOf(asking, '/confirm/'), 'You are now tracking this case by text.')
    const told = await mailTo(address, 'Your text notices have changed: your tracking report')
    for (const part of [told.html, told.text]) expect(part).toContain(`Text notices: on, to the phone ending in ${newer.slice(-4)}`)
    await enter([anEntry(number, 'to the new one')])
    const [text] = await waitForTexts(newer, 2)
    expect(await textsTo(phone)).toHaveLength(2)
    await page.goto(linkOf(text, '/stop/'))
    await press(page, 'YES')
    await expect(resultOf(page)).toHaveText('You are no longer tracking this case by text.')
    await holdEvening()
    await mailTo(address, `Case ${number}: 2 new entries`)
  })

  it('lets the holder of a phone that a stranger named refuse, and nobody else stops', async ({ page }) => {
    const [number, address, phone] = [newNumber(), newAddress(), newPhone()]
    await enter([aCase(number)])
    await track(number, address)
    await fillForm(page, number, address, phone)
    await press(page, 'Track This Case')
    const [asking] = await waitForTexts(phone, 1)
    await page.goto(linkOf(asking, '/stop/'))
    await press(page, 'YES')
    await expect(resultOf(page)).toHaveText('You are no longer tracking this case by text.')
    await page.goto(linkOf(asking, '/confirm/'))
    await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
    await enter([anEntry(number, 'a')])
    await holdEvening()
    await mailTo(address, `Case ${number}: 1 new entry`)
    expect(await textsTo(phone)).toHaveLength(1)
  })

  it('changes options only by an e-mail that lists them', async ({ page }) => {
    const [number, address] = [newNumber(), newAddress()]
    await enter([aCase(number)])
    await track(number, address)
    await page.goto(`/cases/${number}/track`)
    await typeAddress(page, address)
    await page.getByLabel('10 days before a scheduled event', { exact: true }).check()
    await press(page, 'Track This Case')
    await expect(resultOf(page)).toHaveText(sentences.email)
    const change = await mailTo(address, `Change your notices for case ${number}`)
    for (const part of [change.html, change.text]) expect(part).toContain('10 days before a scheduled event')
    await page.goto(linkIn(change, '/confirm/'))
    await expect(page.getByRole('main')).toContainText('10 days before a scheduled event')
    await expectAccessible(page, 'the page that confirms other options')
    await pressConfirmAt(page, linkIn(change, '/confirm/'), 'You are now tracking this case.')
    await page.goto('about:blank')
    await page.setContent(change.html)
    await expectAccessible(page, 'the e-mail')
  })
})
