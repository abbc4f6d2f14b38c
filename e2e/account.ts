import type { Page } from '@playwright/test'
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
