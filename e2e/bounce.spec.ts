import { execFile } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { expectAccessible } from './accessible.ts'
import { register, takeSession } from './account.ts'
import { aCase, anEntry, enter, holdEvening, newNumber } from './court.ts'
import { addDays, courtToday } from './days.ts'
import { linkIn, mailTo, newAddress } from './mailbox.ts'
import { nothingElse } from './nothing-else.ts'
import { origin } from './origin.ts'
import { itOnItsOwn } from './own-service.ts'
import { findFreePorts, folder } from './run.ts'
import { secrets } from './secrets.ts'
import { describe, expect } from './test.ts'
import { press, resultOf, track } from './tracking.ts'

const key = Buffer.from('a webhook secret of these tests').toString('base64')
const env = {
  // Where the commands of an operator find it too.
  DATABASE_URL: `file:${join(folder, `bounce-${String(await findFreePorts(1))}.db`)}`,
  RESEND_WEBHOOK_SECRET: `whsec_${key}`,
}
const it = itOnItsOwn({ env })

/** The number of the notice that left last. */
async function lastNotice(): Promise<number> {
  const own: NodeJS.ProcessEnv = { ...process.env, ...nothingElse, ...secrets, ...env }
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'server/cli/main.ts', 'outbox', '--state', 'sent', '--json'], { env: own })
  const notices = z.array(z.object({ id: z.number(), kind: z.string() })).parse(JSON.parse(stdout)).filter(({ kind }) => kind === 'notice')
  return Math.max(...notices.map(({ id }) => id))
}

/** The mail provider says that a message arrived, or came back for the time being or for good; how we answer. */
async function tell(fate: 'delivered' | 'Transient' | 'Permanent', message: number, to: string, secret = key): Promise<number> {
  const isBack = fate !== 'delivered'
  const body = JSON.stringify({
    type: isBack ? 'email.bounced' : 'email.delivered', created_at: new Date().toISOString(),
    // As the local mailbox names it.
    data: { email_id: `m${String(message)}`, to: [to], tags: { message: `m${String(message)}` }, ...(isBack && { bounce: { type: fate, subType: 'General', message: 'No' } }) },
  })
  const id = `msg_${randomUUID()}`
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${timestamp}.${body}`).digest('base64')
  const headers = { 'content-type': 'application/json', 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` }
  return (await fetch(`${origin()}/api/webhooks/resend`, { method: 'POST', headers, body })).status
}

describe('mail that comes back (G4)', () => {
  it('pauses tracking, says so, and is mended by verifying the address again', async ({ page }) => {
    const number = newNumber()
    const address = newAddress()
    await enter([aCase(number)])
    await track(number, address)
    await register(address)
    await enter([anEntry(number, 'a')])
    await holdEvening()
    await mailTo(address, `Case ${number}: 1 new entry`)
    const message = await lastNotice()

    await it.step('only the provider is believed', async () => {
      expect(await tell('Permanent', message, address, Buffer.from('somebody else').toString('base64'))).toBe(401)
      await takeSession(page, address)
    })

    await it.step('one that came back for the time being lets notices wait, until it arrives after all', async () => {
      const said = 'Mail to your address came back: the mailbox may be full. We try again on the evening of '
      expect(await tell('Transient', message, address)).toBe(200)
      await page.goto(`/cases/${number}`)
      await expect(page.getByRole('main')).toContainText(`Your e-mail notices of this case wait. ${said}`)
      await expectAccessible(page)
      await page.goto('/my-cases')
      await expect(page.getByRole('main')).toContainText('Paused until')
      expect(await tell('delivered', message, address)).toBe(200)
      await page.goto(`/cases/${number}`)
      await expect(page.getByRole('main')).not.toContainText('Your e-mail notices')
    })

    await it.step('My Cases and the case page say when one came back for good, and nothing more is sent', async () => {
      expect(await tell('Permanent', message, address)).toBe(200)
      await page.goto('/my-cases')
      await expect(page.getByRole('heading', { name: 'Your e-mail notices are paused' })).toBeVisible()
      await expectAccessible(page)
      await enter([anEntry(number, 'b', { description: 'Entered meanwhile' })])
      await holdEvening(addDays(courtToday(), 1))
      await page.goto(`/cases/${number}`)
      await expect(page.getByRole('main')).toContainText('Your e-mail notices are paused:')
    })

    await it.step('the link of an e-mail mends it, and the next evening tells what was missed', async () => {
      await page.goto('/my-cases')
      await press(page, 'Send the e-mail')
      await expect(resultOf(page)).toBeVisible()
      await page.goto(linkIn(await mailTo(address, 'Let your notices come again'), '/confirm/'))
      await press(page, 'Confirm')
      await expect(resultOf(page)).toBeVisible()
      await page.goto('/my-cases')
      await expect(page.getByRole('heading', { name: 'Your e-mail notices are paused' })).toHaveCount(0)
      await holdEvening(addDays(courtToday(), 2))
      const notice = await mailTo(address, new RegExp(`^(Case ${number}|Update).*missed|^Case ${number}`))
      expect(notice.text).toContain('While your notices were paused, ')
      expect(notice.text).not.toContain('Entered meanwhile')
    })
  })
})
