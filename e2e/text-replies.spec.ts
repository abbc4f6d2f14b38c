import { execFile } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { aCase, anEntry, enter, holdEvening, newNumber } from './court.ts'
import { linkIn, mailTo, newAddress } from './mailbox.ts'
import { nothingElse } from './nothing-else.ts'
import { origin } from './origin.ts'
import { itOnItsOwn } from './own-service.ts'
import { findFreePorts, folder } from './run.ts'
import { secrets } from './secrets.ts'
import { describe, expect } from './test.ts'
import { askToTrack, press, resultOf } from './tracking.ts'

const port = await findFreePorts(1)
const authToken = 'browser-tests-text-token'
const sender = '+15735550100'

const env = {
  // Where the commands of an operator find it too.
  DATABASE_URL: `file:${join(folder, `text-replies-${port}.db`)}`,
  TEXT_TRANSPORT: 'twilio', TWILIO_ACCOUNT_SID: 'ACbrowsertests', TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: sender,
  TWILIO_BASE_URL: `http://localhost:${port}`,
}
// At whatever hour these run, texts may leave.
const it = itOnItsOwn({ profile: { sendingHours: { from: '00:00', to: '23:59' } }, env })

/** What a command of an operator says. */
async function ttc(...args: readonly string[]): Promise<string> {
  const own: NodeJS.ProcessEnv = { ...process.env, ...nothingElse, ...secrets, ...env }
  return (await promisify(execFile)(process.execPath, ['--import', 'tsx', 'server/cli/main.ts', ...args], { env: own })).stdout
}

const outbox = z.array(z.object({ id: z.number(), kind: z.string(), state: z.string(), reason: z.string().nullable() }))
const listOutbox = async (state: string) => outbox.parse(JSON.parse(await ttc('outbox', '--state', state, '--json')))

interface Taken {
  readonly sid: string
  readonly form: URLSearchParams
}

/** What the stand-in of the text provider took, the newest last. */
const taken: Taken[] = []
let isRefusing = false
let refused = 0
const provider = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (chunk: string) => {
    body += chunk
  }).on('end', () => {
    if (isRefusing) {
      refused++
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ code: 21614, message: 'Of no interest', status: 400 }))
      return
    }
    const sid = `SM${randomUUID().replaceAll('-', '')}`
    taken.push({ sid, form: new URLSearchParams(body) })
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ sid, status: 'queued' }))
  })
})

/** The words of the nth text, once there are that many. */
async function textNumber(nth: number): Promise<string> {
  await expect.poll(() => taken.length, { message: 'texts that the provider took', timeout: 30_000 }).toBe(nth)
  return taken.at(-1)?.form.get('Body') ?? ''
}

/** Calls us as the provider does; its signature is worked out here by its published recipe. */
async function call(address: string, fields: Readonly<Record<string, string>>, token = authToken): Promise<number> {
  const signed = address + Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)).flat().join('')
  const signature = createHmac('sha1', token).update(signed).digest('base64')
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(fields), headers: { 'x-twilio-signature': signature } })
  if (answer.status === 401) expect(await answer.text()).toBe('')
  return answer.status
}

describe('a phone that answers', () => {
  it.beforeAll(async () => {
    await new Promise<void>((resolve) => {
      provider.listen(port, resolve)
    })
  })
  it.afterAll(() => {
    provider.close()
  })

  it('stops all its texts with STOP, gets them again with START, is told whom to ask with HELP, and says so signed only (E6)', async ({ page }) => {
    const number = newNumber()
    const address = newAddress()
    const phone = '+15735550177'
    const webhook = `${origin()}/api/webhooks/text`
    const reply = (body: string, sid: string, token = authToken): Promise<number> =>
      call(webhook, { MessageSid: sid, SmsSid: sid, SmsStatus: 'received', From: phone, To: sender, Body: body }, token)
    await enter([aCase(number)])

    await it.step('once both its e-mail and the phone are verified', async () => {
      const verification = await askToTrack(number, address, { wantsText: 'on', phone: '573-555-0177' })
      expect(taken).toHaveLength(0)
      await page.goto(linkIn(verification, '/confirm/'))
      await press(page, 'Confirm')
      const asking = await textNumber(1)
      expect(taken[0]?.form.get('To')).toBe(phone)
      expect(taken[0]?.form.get('From')).toBe(sender)
      await page.goto(asking.split(' ').find((word) => word.includes('/confirm/')) ?? '')
      await press(page, 'Confirm')
      await expect(resultOf(page)).toHaveText('You are now tracking this case by text.')
    })

    await it.step('and a text told it how to stop', async () => {
      await enter([anEntry(number, 'a')])
      const told = await textNumber(2)
      for (const words of ['Missouri Courts Track This Case', number, 'Motion a', 'Reply STOP', '/stop/']) expect(told).toContain(words)
      const delivered = { MessageSid: taken[1]?.sid ?? '', MessageStatus: 'delivered', To: phone, From: sender }
      const statusAddress = taken[1]?.form.get('StatusCallback') ?? ''
      expect(statusAddress).toContain(webhook)
      expect(await call(statusAddress, delivered, 'another token')).toBe(401)
      expect(await call(statusAddress, delivered)).toBe(200)
    })

    await it.step('STOP, once however often it is told', async () => {
      expect((await fetch(webhook, { method: 'POST', body: new URLSearchParams({ MessageSid: 'SM0', From: phone, To: sender, Body: 'STOP' }) })).status).toBe(401)
      expect(await reply('STOP', 'SM1', 'another token')).toBe(401)
      for (let times = 0; times < 2; times++) expect(await reply(' stop. ', 'SM1')).toBe(200)
      expect(await textNumber(3)).toContain('You will get no more texts at this number.')
      await enter([anEntry(number, 'b')])
      await holdEvening()
      await mailTo(address, `Case ${number}: 2 new entries`)
      expect(taken).toHaveLength(3)
    })

    await it.step('START', async () => {
      expect(await reply('START', 'SM2')).toBe(200)
      expect(await textNumber(4)).toContain('You will get texts at this number again.')
      await enter([anEntry(number, 'c')])
      expect(await textNumber(5)).toContain('Motion c')
    })

    await it.step('HELP, and any other word for nothing', async () => {
      expect(await reply('What is this?', 'SM3')).toBe(200)
      expect(await reply('HELP', 'SM4')).toBe(200)
      expect(await textNumber(6)).toContain('(888) 541-4894')
    })

    await it.step('while an operator sees what became of each text, and lets one that failed leave again (I5)', async () => {
      expect((await listOutbox('delivered')).map(({ kind }) => kind)).toEqual(['text'])
      isRefusing = true
      await enter([anEntry(number, 'd')])
      await expect.poll(() => refused).toBe(1)
      await expect.poll(async () => (await listOutbox('failed')).map(({ reason }) => reason)).toEqual([expect.stringMatching(/^(?!.*555).*\S/)])
      const [failed] = await listOutbox('failed')
      isRefusing = false
      expect(await ttc('retry', String(failed?.id))).toContain('waits to leave again')
      expect(await textNumber(7)).toContain('Motion d')
    })
  })
})
