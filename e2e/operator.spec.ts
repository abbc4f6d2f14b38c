import type { Page } from '@playwright/test'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { addDays, dayOf } from '../server/contract/court-time.ts'
import { expectAccessible } from './accessible.ts'
import { passSecondFactor, password, recoveryCodeOf, register, takeOperatorSession, takeSession } from './account.ts'
import { answerCaptcha } from './captcha.ts'
import { holdEvening } from './court.ts'
import { newAddress } from './mailbox.ts'
import { nothingElse } from './nothing-else.ts'
import { origin } from './origin.ts'
import { itOnItsOwn } from './own-service.ts'
import { findFreePorts, folder } from './run.ts'
import { secrets } from './secrets.ts'
import { describe, expect } from './test.ts'
import { press, resultOf, summaryOf } from './tracking.ts'

const port = await findFreePorts(1)
// Where the command finds it too.
const env = { DATABASE_URL: `file:${join(folder, `operator-${port}.db`)}` }
const it = itOnItsOwn({ env })

const ttc = (...args: readonly string[]) => promisify(execFile)(process.execPath, ['--import', 'tsx', 'server/cli/main.ts', ...args], {
  env: { ...process.env, ...nothingElse, ...secrets, ...env },
})

/** Stands in for the mail provider, which refuses every mail until it takes them. */
let isRefusing = true
let taken = 0
const provider = createServer((request, response) => {
  const answer = (mails: number): void => {
    const all = Array.from({ length: mails }, (_, index) => index)
    taken += isRefusing ? 0 : mails
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(isRefusing
      ? { data: [], errors: all.map((index) => ({ index, message: 'There is no such mailbox.' })) }
      : { data: all.map(() => ({ id: randomUUID() })) }))
  }
  text(request).then((body) => answer((JSON.parse(body) as unknown[]).length), () => response.destroy())
})

const pages = ['/operator', '/operator/failures', '/operator/outages', '/operator/accounts'] as const

async function expectFitting(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expectAccessible(page, 'wide')
  await page.setViewportSize({ width: 320, height: 780 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320)
  await expectAccessible(page, 'narrow')
  await page.setViewportSize({ width: 1280, height: 900 })
}

describe('the operator\'s page (I5)', () => {
  it.use({ allowedComplaints: [/status of 404/] })

  it('is there for operators alone, who see what failed and let it leave again', async ({ page, browser, service }) => {
    const [operator, ordinary] = [newAddress('clerk'), newAddress()]
    await register(operator)
    await register(ordinary)
    await ttc('operator', 'add', operator)
    await holdEvening()
    provider.listen(port)
    await service.restart({ env: { ...env, MAIL_TRANSPORT: 'resend', RESEND_API_KEY: 're_browser_tests', RESEND_BASE_URL: `http://localhost:${port}` } })
    await fetch(`${origin()}/api/forms/forgot`, { method: 'POST', body: new URLSearchParams({ email: ordinary, altcha: await answerCaptcha() }), redirect: 'manual' })

    await it.step('anybody else finds nothing there (S15)', async () => {
      for (const who of [null, ordinary]) {
        if (who !== null) await takeSession(page, who)
        for (const path of [...pages, '/login/second-factor', '/account/second-factor', '/no-such-page']) {
          expect((await page.goto(path))?.status(), path).toBe(404)
          await expect(page, path).toHaveTitle(/^Page not found/)
          await expect(page.getByRole('main').getByRole('heading', { level: 1 }), path).toHaveText('Page not found')
        }
        await expect(page.getByRole('link', { name: 'Operator' })).toHaveCount(0)
        expect((await page.request.post('/api/forms/operator', { form: { action: 'addOperator', email: ordinary }, headers: { origin: origin() } })).status()).toBe(404)
      }
      await page.context().clearCookies()
    })

    await it.step('the set-up of the second factor, when it is opened for the first time', async () => {
      await takeSession(page, operator)
      await expectFitting(page, '/login/second-factor?next=/operator')
      await expect(page.getByRole('button', { name: 'Begin' })).toBeVisible()
      await page.context().clearCookies()
    })

    await it.step('a failure is retried, without a script', async () => {
      const plain = await browser.newPage({ javaScriptEnabled: false, baseURL: origin() })
      await takeOperatorSession(plain, operator)
      const row = plain.getByRole('row').filter({ hasText: 'There is no such mailbox.' })
      await expect(async () => {
        await plain.goto('/operator/failures')
        await expect(row).toHaveCount(1, { timeout: 500 })
      }).toPass()
      await expect(row).toContainText('Account e-mail')
      await expect(row).toContainText(/r….@mail\.example/)
      await expect(plain.getByRole('main')).not.toContainText(ordinary)
      isRefusing = false
      await row.getByRole('button', { name: /^Retry message \d+$/ }).click()
      await expect(resultOf(plain)).toHaveText(/^Message \d+ waits to leave again\.$/)
      await expect.poll(() => taken).toBe(1)
      await plain.close()
    })

    await it.step('a password alone is not enough, and a code of the app is (H6)', async () => {
      await page.goto('/login/operator')
      await page.getByLabel('E-mail address', { exact: true }).fill(operator)
      await page.getByLabel('Password', { exact: true }).fill(password)
      await press(page, 'Log in')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Give your code')
      for (const path of pages) {
        await page.goto(path)
        expect(new URL(page.url()).pathname, path).toBe('/login/second-factor')
      }
      await expectFitting(page, '/login/second-factor?next=/operator')
      await page.getByLabel('Code', { exact: true }).fill('000000')
      await press(page, 'Log in')
      await expect(summaryOf(page)).toContainText('The code is wrong or was used already.')
      await expectAccessible(page, 'a wrong code')
      await passSecondFactor(page, operator)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Operator')
      await expectFitting(page, '/account/second-factor')
      await expect(page.getByRole('main')).toContainText('10 of your recovery codes are left.')
      await page.getByLabel('Code', { exact: true }).fill(recoveryCodeOf(operator))
      await press(page, 'Set it up anew')
      await expect(page.getByRole('img', { name: /^QR code/ })).toBeVisible()
      await expectFitting(page, '/account/second-factor')
      await expectFitting(page, '/login/operator')
    })

    await it.step('the page of runs and the outbox', async () => {
      await page.goto('/')
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Operator' }).click()
      await expect(page.getByRole('img', { name: /^E-mails an evening\. One evening/ })).toBeVisible()
      await expect(page.getByRole('table', { name: 'Messages by kind and state' })).toContainText('Account e-mail')
      await expect(page.getByRole('table', { name: 'Runs, the newest first' }).getByRole('row')).toHaveCount(2)
      for (const path of pages) await expectFitting(page, path)
    })

    await it.step('an outage that comes too soon is refused at its field, and what was typed stays', async () => {
      const tomorrow = addDays(dayOf(new Date(), 'America/Chicago'), 1)
      await page.goto('/operator/outages')
      await page.getByLabel('What will not work, or what for').fill('New disks.')
      for (const [which, time] of [['begins', '20:00'], ['ends', '23:00']] as const) {
        await page.getByLabel(`Day it ${which}`).fill(tomorrow)
        await page.getByLabel(`Time it ${which}`).fill(time)
      }
      await press(page, 'Announce it')
      await expect(summaryOf(page)).toContainText('at least three business days ahead')
      await expect(page.locator('#startsAt-error')).toContainText('at least three business days ahead')
      await expect(page.getByLabel('Day it begins')).toHaveValue(tomorrow)
      await expect(page.getByLabel('Time it ends')).toHaveValue('23:00')
      await expectAccessible(page, 'refused')
      await page.getByLabel('It is not planned').check()
      await press(page, 'Announce it')
      await expect(page.getByRole('region', { name: 'Announcements' })).toContainText('New disks.')
      await page.getByRole('button', { name: /^Call it off/ }).click()
      await expect(resultOf(page)).toContainText('is called off.')
      await expect(page.getByRole('region', { name: 'Announcements' })).toHaveCount(0)
    })

    await it.step('an account is granted', async () => {
      await page.goto('/operator/accounts')
      await page.getByLabel('E-mail address').fill('nobody')
      await press(page, 'Grant a registered account')
      await expect(summaryOf(page)).toContainText('Enter an e-mail address in the correct format')
      await page.getByLabel('E-mail address').fill(ordinary)
      await press(page, 'Grant a registered account')
      await expect(resultOf(page)).toContainText('The account is a registered one.')
      // Its details are asked for from then on (D7).
      await page.context().clearCookies()
      await takeSession(page, ordinary)
      await expectFitting(page, '/account/details')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your details')
    })
    provider.close()
  })
})
