import type { Page, Response as PageResponse } from '@playwright/test'
import { answerCaptcha } from './captcha.ts'
import { court } from './court.ts'
import { linkIn, mailTo, type Mail } from './mailbox.ts'
import { origin } from './origin.ts'
import { expect } from './test.ts'

/** Types an address into the form, twice, once the page's scripts are there. Who is quicker posts the form without them. */
export async function typeAddress(page: Page, address: string, again = address): Promise<void> {
  const email = page.getByLabel('E-mail address', { exact: true })
  await email.waitFor()
  await page.waitForLoadState()
  await email.fill(address)
  await page.getByLabel('Confirm e-mail address', { exact: true }).fill(again)
}

export const press = (page: Page, button: string): Promise<void> => page.getByRole('button', { name: button, exact: true }).click()

/** The words that say what came of it, in the page's own part: Next keeps a live region of its own outside. */
export const resultOf = (page: Page) => page.getByRole('main').getByRole('status')
export const summaryOf = (page: Page) => page.getByRole('main').getByRole('alert').filter({ hasText: 'There is a problem' })

type Fields = Readonly<Record<string, string>>

/** Sends a form as a browser without JavaScript does, and opens the page that answers it. */
export async function postForm(page: Page, form: 'track' | 'confirm' | 'stop', fields: Fields): Promise<PageResponse | null> {
  const answer = await page.request.post(`/api/forms/${form}`, { form: fields })
  expect(answer.status()).toBe(200)
  return page.goto(answer.url())
}

async function post(path: string, fields: Fields): Promise<void> {
  const answer = await fetch(origin() + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  expect(answer.status).toBe(303)
}

/**
 * Asks to track a case without a browser, for an address with no other request; the verification e-mail, once it is there. `more`
 * are other fields of the form: `{ eventTenDays: 'on' }`.
 */
export async function askToTrack(number: string, address: string, more: Fields = {}): Promise<Mail> {
  await post('/api/forms/track', { number, court, email: address, confirmEmail: address, action: 'track', altcha: await answerCaptcha(), ...more })
  return mailTo(address, `Confirm that you want to track case ${number}`)
}

export const tokenIn = (link: string): string => new URL(link).pathname.split('/').at(-1) ?? ''

/** An address that tracks a case from now on, without a browser. */
export async function track(number: string, address: string, more: Fields = {}): Promise<void> {
  const verification = await askToTrack(number, address, more)
  await post('/api/forms/confirm', { token: tokenIn(linkIn(verification, '/confirm/')) })
}
