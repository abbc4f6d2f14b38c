import { answerCaptcha } from './captcha.ts'
import { aCase, anEntry, court, enter, holdEvening, newNumber } from './court.ts'
import { linkIn, mailsTo, mailTo, newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { postForm, press, resultOf, summaryOf, typeAddress } from './tracking.ts'

describe('a browser without JavaScript', () => {
  it.use({ javaScriptEnabled: false, allowedComplaints: [/status of 404/] })

  it('searches, opens a case and each of its tabs', async ({ page }) => {
    const number = newNumber()
    await enter([aCase(number), anEntry(number, 'one', { code: 'CONT', description: 'Hearing continued' })])
    await page.goto('/')
    await page.getByLabel('Case number or name').fill(number)
    await press(page, 'Search')
    for (const tab of ['Parties & Attorneys', 'Docket Entries', 'Scheduled Hearings & Trials', 'Scheduled Payments', 'Case Header']) {
      await page.getByRole('navigation', { name: 'Case' }).getByRole('link', { name: tab }).click()
      await expect(page.getByRole('navigation', { name: 'Case' }).locator('[aria-current=page]')).toContainText(tab)
    }
    await page.getByText('What does CONT mean?').click()
    await expect(page.getByText('A hearing or trial was moved to a later day.')).toBeVisible()
  })

  it('gets the form back with its errors and all that was typed, and is told of another way', async ({ page }) => {
    const number = newNumber()
    await enter([aCase(number)])
    await page.goto(`/cases/${number}/track`)
    await expect(page.locator('noscript > p')).toBeVisible()
    expect(await page.getByRole('main').innerText()).toContain('The verification needs JavaScript')
    await typeAddress(page, 'someone@mail.example', 'other@mail.example')
    await expect(page.getByLabel('Phone number')).toBeHidden()
    await page.getByLabel('Receive text notices').check()
    await page.getByLabel('Phone number').fill('12')
    await page.getByLabel('Carrier').selectOption({ index: 2 })
    await page.getByLabel('10 days before a scheduled event').check()
    const carrier = await page.getByLabel('Carrier').inputValue()
    await press(page, 'Track This Case')
    await expect(summaryOf(page).getByRole('link')).toHaveText([
      'The e-mail addresses do not match.', 'Enter a 10-digit US phone number, like 573-555-0123.', 'Verification is required.',
    ])
    await expect(page).toHaveTitle(/^Error: /)
    await expect(page).toHaveURL(new RegExp(`/cases/${number}/track\\?.*answer=[\\w-]+$`))
    await expect(page.getByLabel('E-mail address', { exact: true })).toHaveValue('someone@mail.example')
    await expect(page.getByLabel('Confirm e-mail address')).toHaveValue('other@mail.example')
    await expect(page.getByLabel('Receive text notices')).toBeChecked()
    await expect(page.getByLabel('Phone number')).toHaveValue('12')
    await expect(page.getByLabel('Carrier')).toHaveValue(carrier)
    await expect(page.getByLabel('10 days before a scheduled event')).toBeChecked()
  })

  it('reads that there is no such page, the same of a confidential case', async ({ page }) => {
    const [number, hidden] = [newNumber(), newNumber()]
    await enter([aCase(number), aCase(hidden, { security: 'confidential' })])
    const bodies = new Set<string>()
    for (const path of ['NOPE', 'NOPE/parties', 'NOPE/docket', 'NOPE/events', 'NOPE/payments', 'NOPE/track', `${number}?court=NOPE`, hidden, `${hidden}/docket`, `${hidden}/track`]) {
      const answer = await page.goto(`/cases/${path}`)
      expect(answer?.status(), path).toBe(404)
      await expect(page, path).toHaveTitle(/^Page not found/)
      await expect(page.getByRole('main'), path).toHaveCount(1)
      await expect(page.getByRole('heading', { level: 1 }), path).toHaveText('Page not found')
      bodies.add(await page.getByRole('main').innerText())
    }
    for (const path of ['/unavailable', '/mailbox/999999999', '/nowhere']) {
      expect((await page.goto(path))?.status(), path).toBe(404)
      bodies.add(await page.getByRole('main').innerText())
    }
    expect(bodies.size).toBe(1)
  })

  it('is told what to do by a link that is far too long, and keeps a long request', async ({ page }) => {
    for (const kind of ['confirm', 'stop', 'stop-all', 'report']) {
      expect((await page.goto(`/${kind}/${'A'.repeat(5000)}`))?.status(), kind).toBe(200)
      await expect(page.getByRole('heading', { level: 1 }), kind).toHaveText('This link does not work')
    }
    const number = newNumber()
    await enter([aCase(number)])
    const long = '\u6c34'.repeat(500)
    await postForm(page, 'track', { number, court, email: long, confirmEmail: long, phone: long, carrier: long, wantsText: 'on', action: 'track' })
    await expect(summaryOf(page)).toContainText('Enter an e-mail address in the correct format')
    await expect(page.getByLabel('E-mail address', { exact: true })).toHaveValue(/^\u6c34{84}$/)
    const answer = await page.goto(`/cases/${number}/docket?filter=a%00b`)
    expect(await answer?.text()).not.toContain('\0')
  })

  it('tracks, confirms and stops by plain forms', async ({ page }) => {
    const number = newNumber()
    const address = newAddress()
    await enter([aCase(number)])
    await postForm(page, 'track', { number, court, email: address, confirmEmail: address, action: 'track', altcha: await answerCaptcha() })
    await expect(resultOf(page)).toContainText('A verification e-mail is being sent to the address you provided.')
    await expect(page.getByRole('main')).toContainText(address)

    const verification = await mailTo(address, /^Confirm/)
    await page.goto(linkIn(verification, '/confirm/'))
    await press(page, 'Confirm')
    await expect(resultOf(page)).toHaveText('You are now tracking this case.')

    await enter([anEntry(number, 'one')])
    await holdEvening()
    const notice = await mailTo(address, `Case ${number}: 1 new entry`)
    await page.goto(linkIn(notice, '/stop/'))
    await press(page, 'YES')
    await expect(resultOf(page)).toHaveText('You are no longer tracking this case.')

    await postForm(page, 'track', { number, court, email: address, confirmEmail: address, action: 'report', altcha: await answerCaptcha() })
    await expect(resultOf(page)).toContainText('An e-mail is being sent to the e-mail address provided below.')
    await expect(page.getByLabel('E-mail address', { exact: true })).toHaveValue(address)
    expect((await mailTo(address, 'Your tracking report')).text).toContain('Nothing is tracked')
    expect(await mailsTo(address)).toHaveLength(3)
  })
})
