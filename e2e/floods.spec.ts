import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { counted, isLong, report, sized } from '../server/testing/torture/scale.ts'
import { send } from './attack.ts'
import { answerCaptcha } from './captcha.ts'
import { aCase, court, enter, newNumber } from './court.ts'
import { newAddress } from './mailbox.ts'
import { origin } from './origin.ts'
import { itOnItsOwn } from './own-service.ts'
import { describe, expect } from './test.ts'

// This test is the proxy in front of it, so that each request may come from a client of its own.
const it = itOnItsOwn({ env: { TRUSTED_PROXIES: '1' } })
describe.configure({ mode: 'default' })

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const mostHealthMs = 200
const askHealthEachMs = 25
// Sent again as soon as one is answered.
const atOnce = 8
// As server/main.ts has it, and some time to look.
const bodyWithinMs = 30_000
const lookMs = 10_000

let clients = 0
/** A client that was not here before. */
const aClient = (): Record<string, string> => ({ ...form, 'x-forwarded-for': `10.${++clients >> 16 & 255}.${clients >> 8 & 255}.${clients & 255}` })
const here = { ...form, 'x-forwarded-for': '192.0.2.1' }

interface Health {
  readonly p99Ms: number
  readonly asked: number
  readonly failed: number
}

/** How long health takes, again and again while something is done. */
async function healthDuring<T>(todo: () => Promise<T>): Promise<readonly [T, Health]> {
  let isOver = false
  let failed = 0
  const took: number[] = []
  const watch = async (): Promise<void> => {
    while (!isOver) {
      const begun = performance.now()
      if (await send('/api/health').then(({ status }) => status !== 200, () => true)) failed++
      took.push(performance.now() - begun)
      await sleep(askHealthEachMs)
    }
  }
  const watching = watch()
  const done = await todo().finally(() => {
    isOver = true
  })
  await watching
  const sorted = took.toSorted((a, b) => a - b)
  return [done, { p99Ms: Math.round(sorted[Math.floor(sorted.length * 0.99)] ?? Number.POSITIVE_INFINITY), asked: took.length, failed }]
}

/** What a form came to: its status, and whether the limiter refused it. */
async function post(name: string, headers: Record<string, string>, fields: Record<string, string>): Promise<{ readonly status: number; readonly isRefused: boolean }> {
  const { status, headers: answered } = await send(`/api/forms/${name}`, { headers, body: String(new URLSearchParams(fields)) })
  const [, kept = ''] = /^ttc_answer=([^;]*)/.exec(answered['set-cookie']?.[0] ?? '') ?? []
  return { status, isRefused: Buffer.from(kept, 'base64url').toString().includes('There were too many tries') }
}
const logIn = (headers: Record<string, string>, email: string) => post('log-in', headers, { email, password: 'a long enough one' })

async function flood(count: number, one: (nth: number) => ReturnType<typeof post>): Promise<{ readonly taken: number; readonly statuses: readonly number[] }> {
  const statuses = new Set<number>()
  let [nth, taken] = [0, 0]
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (nth < count) {
      const { status, isRefused } = await one(nth++)
      statuses.add(status)
      if (!isRefused) taken++
    }
  }))
  return { taken, statuses: [...statuses] }
}

function sayHealth(what: string, { p99Ms, asked, failed }: Health, isRight = true): void {
  report('S19', `${what}: health p99 ${p99Ms} ms of ${counted(asked)}`, isRight && failed === 0 && (p99Ms < mostHealthMs || !isLong))
  expect(failed, `${what}: health failed`).toBe(0)
  if (isLong) expect.soft(p99Ms, what).toBeLessThan(mostHealthMs)
}

/** One that never says all that it began to say, a byte a second. */
function slowClient(begun: string, next: (nth: number) => string): Socket {
  const { hostname, port } = new URL(origin())
  const socket = connect(Number(port), hostname)
  let nth = 0
  const dripping = setInterval(() => socket.write(next(nth++)), 1_000)
  socket.on('error', () => undefined).once('close', () => clearInterval(dripping))
  socket.write(begun)
  return socket
}

describe('a service that is flooded', () => {
  it('S19: looks at few passwords and answers health quickly, whatever log-ins and forms are poured over it', async ({}, info) => {
    info.setTimeout(sized(180_000, 900_000))
    const number = newNumber()
    await enter([aCase(number)])
    const solved = await Promise.all(Array.from({ length: sized(2, 40) }, () => answerCaptcha()))
    const anEmail = { get email() { return newAddress() } }
    for (const [what, count, mostTaken, one] of [
      ['log-ins to one address', sized(14, 2_000), 10, () => logIn(aClient(), 'pat@example.com')],
      ['log-ins from one place', sized(10, 2_000), 100, (nth: number) => logIn(here, `pat${nth}@example.com`)],
      ['log-ins from everywhere', sized(6, 500), Infinity, (nth: number) => logIn(aClient(), `sam${nth}@example.com`)],
      ['the form', sized(10, 1_000), Infinity, (nth: number) => {
        const { email } = anEmail
        return post('track', aClient(), { number, court, email, confirmEmail: email, action: 'track', altcha: solved[nth] ?? 'x' })
      }],
    ] as const) {
      const [{ taken, statuses }, health] = await healthDuring(() => flood(count, one))
      const isKept = taken <= mostTaken
      sayHealth(`${counted(count)} ${what}${Number.isFinite(mostTaken) ? `, ${taken} looked at` : ''}`, health, isKept && statuses.join() === '303')
      expect(statuses, what).toEqual([303])
      expect(taken, what).toBeLessThanOrEqual(mostTaken)
    }
  })

  it('S19: answers who asks for another protocol as anybody, and keeps no socket of theirs', async () => {
    const { hostname, port } = new URL(origin())
    await Promise.all(Array.from({ length: 20 }, async () => {
      const socket = connect(Number(port), hostname)
      socket.write('GET /nothing-here HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
      const [answer] = await once(socket, 'data') as [Buffer]
      expect(String(answer)).toMatch(/^HTTP\/1\.1 404 /)
      await once(socket.resume(), 'close')
    }))
  })

  it('S19: answers health quickly under clients that send a byte a second, and hangs up on them', async ({}, info) => {
    info.setTimeout(sized(60_000, 180_000))
    const many = sized(30, 400)
    const form = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nemail='
    const slow = Array.from({ length: many }, (_, nth) => [
      () => slowClient('GET /search?q=', () => 'a'), () => slowClient('GET / HTTP/1.1\r\nHost: x\r\n', (at) => `X-${at}: a\r\n`),
      () => slowClient(`POST /api/forms/track HTTP/1.1\r\nHost: x\r\n${form}`, () => 'a'),
      () => slowClient(`POST /api/stop/nothing HTTP/1.1\r\nHost: x\r\n${form}`, () => 'a'),
      () => slowClient(`POST /api/forms/track HTTP/1.1\r\nHost: x\r\nExpect: x\r\n${form}`, () => 'a'),
      // A long body is wanted of a feed alone, however the path is written.
      () => slowClient(`POST /api/feed/../forms/track HTTP/1.1\r\nHost: x\r\n${form}`, () => 'a'),
    ][nth % 6]?.())
    const isOpen = (socket: Socket | undefined): boolean => socket !== undefined && !socket.closed
    try {
      await sleep(500)
      expect(slow.filter(isOpen).length).toBe(many)
      const [, health] = await healthDuring(() => sleep(sized(1_000, bodyWithinMs + lookMs)))
      const left = slow.filter(isOpen).length
      sayHealth(`${counted(many)} slow clients, ${left} of them left after 40 s`, health, left === 0 || !isLong)
      if (isLong) expect(left).toBe(0)
    } finally {
      for (const socket of slow) socket?.destroy()
    }
  })
})
