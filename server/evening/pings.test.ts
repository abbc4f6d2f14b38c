import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chosenEngine } from '../../db/engine.ts'
import { readEnv } from '../env.ts'
import { buildRuntime, type Runtime } from '../runtime.ts'
import { putCase, putEntry } from '../testing/put-case.ts'
import { putSubscription } from '../testing/put-subscription.ts'
import { startResendStandIn, type ResendStandIn } from '../testing/resend-stand-in.ts'
import { report, sized } from '../testing/torture/scale.ts'
import { tallyOf } from '../testing/torture/tally.ts'
import { openWorld, type World } from '../testing/world.ts'

const secret = 'of-a-test-0123456789abcdef0123456789'
const secrets = { AUTH_SECRET: secret, CRON_SECRET: secret, FEED_SECRET: secret, METRICS_SECRET: secret, LINK_SECRET: secret }

// On Postgres many-processes.test.ts pings several processes at once.
describe.runIf(chosenEngine() === 'sqlite')('pings of one evening', { timeout: sized(60_000, 1_800_000) }, () => {
  let world: World
  let provider: ResendStandIn
  let processes: Runtime[]
  beforeEach(async () => {
    world = await openWorld(new Date().toISOString())
    provider = await startResendStandIn()
    const env = readEnv({
      ...secrets, DATABASE_URL: world.url, MAIL_TRANSPORT: 'resend', RESEND_API_KEY: provider.apiKey, RESEND_BASE_URL: provider.url, MAIL_RATE_PER_SECOND: '50',
    })
    processes = await Promise.all([1, 2, 3].map(() => buildRuntime(env, 'command')))
  })
  afterEach(async () => {
    await Promise.all(processes.map((one) => one.close()))
    await provider.close()
    await world.close()
  })

  it('R10: hold it once, however many come at once and again, and send each notice once', async () => {
    const times = sized(3, 200)
    const owed: string[] = []
    const caseIds = await world.work(async (work) => {
      const ids: number[] = []
      for (let nth = 0; nth < 10; nth++) {
        const id = await putCase(work, { number: `26BA-CV0000${nth}` })
        for (const reader of ['pat', 'sam']) await putSubscription(work, id, { email: `${reader}-${nth}@mail.example.com` })
        ids.push(id)
      }
      return ids
    })
    const ping = () => Promise.all([0, 1, 2, 0, 1, 2, 0, 1, 2, 0].map(async (nth) => processes[nth]?.holdEvening()))
    let begunTwice = 0
    let heldAgain = 0
    for (let time = 0; time < times; time++) {
      await world.work(async (work) => {
        for (const [nth, id] of caseIds.entries()) {
          await putEntry(work, id, { description: `Order ${time}` })
          owed.push(...['pat', 'sam'].map((reader) => `${reader}-${nth}@mail.example.com Order ${time}.`))
        }
      })
      const notices = (await ping()).map((held) => held?.notices ?? 0)
      if (notices.filter((count) => count > 0).length !== 1 || Math.max(...notices) !== 20) begunTwice++
      heldAgain += (await ping()).reduce((sum, held) => sum + (held?.notices ?? 0), 0)
      await Promise.all(processes.map((one) => one.deliver()))
    }
    const { figure, isRight } = tallyOf(provider, owed, ({ to, text }) => `${to} ${/Order \d+/.exec(text)?.[0] ?? ''}.`)
    report('R10', `${figure} after ${times} evenings of 20 pings, ${begunTwice} begun twice`, isRight && begunTwice === 0 && heldAgain === 0)
    expect({ begunTwice, heldAgain }).toEqual({ begunTwice: 0, heldAgain: 0 })
    expect(isRight, figure).toBe(true)
  })
})
