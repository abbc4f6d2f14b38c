import type { Page } from '@playwright/test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Secret, TOTP } from 'otpauth'
import { answerCaptcha } from './captcha.ts'
import { linkIn, mailTo } from './mailbox.ts'
import { origin } from './origin.ts'
import { expect } from './test.ts'
import { press, tokenIn } from './tracking.ts'

export const password = 'seven quiet herons'

async function post(form: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const answer = await fetch(`${origin()}/api/forms/${form}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  expect(answer.status).toBe(303)
  return answer
}

/** An account of this address from now on, without a browser. */
export async function register(address: string): Promise<void> {
  await post('register', { email: address, password, altcha: await answerCaptcha() })
  const mail = await mailTo(address, 'Confirm your account')
  await post('confirm', { token: tokenIn(linkIn(mail, '/confirm/')) })
}

/** Logs the browser in by its form; it is on `next` then. */
export async function logIn(page: Page, address: string, next = '/my-cases'): Promise<void> {
  await page.goto(`/login?${new URLSearchParams({ next })}`)
  await page.getByLabel('E-mail address', { exact: true }).fill(address)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await press(page, 'Log in')
  await page.waitForURL((url) => url.pathname === new URL(next, url).pathname)
}

/** Logs the browser in without its form: it has the cookie then. */
export async function takeSession(page: Page, address: string): Promise<void> {
  const answer = await post('log-in', { email: address, password })
  const [pair = ''] = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
  const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
  // By host and path: an address of http would take the cookie for one that is not secure, which its name forbids.
  await page.context().addCookies([{ name, value, domain: new URL(origin()).hostname, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }])
}

const stepMs = 30_000
const setUp = new Map<string, { readonly secret: string; readonly recoveryCodes: readonly string[]; lastStep: number }>()

/** A code of an operator's app that was not given yet: each is taken once, and one step ahead of the clock. */
async function nextCode(address: string): Promise<string> {
  const app = setUp.get(address)
  if (!app) throw new Error('This operator has no app.')
  app.lastStep = Math.max(Math.floor(Date.now() / stepMs), app.lastStep + 1)
  await sleep(Math.max(0, (app.lastStep - 1) * stepMs - Date.now()))
  return new TOTP({ secret: Secret.fromBase32(app.secret) }).generate({ timestamp: app.lastStep * stepMs })
}

/** On the page that asks an operator who gave the password for a code, or to set the second factor up: does so. */
export async function passSecondFactor(page: Page, address: string): Promise<void> {
  if (setUp.has(address)) {
    await page.getByLabel('Code', { exact: true }).fill(await nextCode(address))
    await press(page, 'Log in')
    return
  }
  await press(page, 'Begin')
  const letters = await page.getByRole('group', { name: 'Letters for the app' }).innerText()
  setUp.set(address, { secret: letters.replaceAll(' ', ''), recoveryCodes: await page.getByRole('listitem').filter({ hasText: /^[A-Z2-7]{4}(-[A-Z2-7]{4})+$/ }).allInnerTexts(), lastStep: 0 })
  await page.getByLabel('Code', { exact: true }).fill(await nextCode(address))
  await press(page, 'Finish')
}

/** One of the codes that the operator kept when the second factor was set up; always the same. */
export const recoveryCodeOf = (address: string): string => setUp.get(address)?.recoveryCodes[0] ?? ''

/** Logs the browser in as an operator, with the second factor. */
export async function takeOperatorSession(page: Page, address: string): Promise<void> {
  await takeSession(page, address)
  await page.goto('/login/second-factor?next=/operator')
  await passSecondFactor(page, address)
  await page.waitForURL((url) => url.pathname === '/operator')
}
