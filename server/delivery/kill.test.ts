import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chosenEngine } from '../../db/engine.ts'
import { oweVerification } from '../testing/owe-asked.ts'
import { oweNotices } from '../testing/owe-notices.ts'
import { startResendStandIn, type ResendStandIn } from '../testing/resend-stand-in.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { DeliveryStep } from './deliver-channel.ts'

const program = fileURLToPath(new URL('../testing/kill-worker.ts', import.meta.url))
const leaseRunsOutMs = 61_000

describe('a worker that is killed', { timeout: 180_000 }, () => {
  let world: World
  let provider: ResendStandIn
  beforeEach(async () => {
    world = await openWorld(new Date().toISOString())
    provider = await startResendStandIn()
    await world.work(async (work) => {
      await oweNotices(work, { cases: 50, recipients: 4 })
      for (let nth = 0; nth < 5; nth++) await oweVerification(work)
    })
  })
  afterEach(async () => {
    await provider.close()
    await world.close()
  })

  interface End { readonly signal: string | null; readonly said: string }
  /** Runs a worker to its end, which may be its death. `onStart` gets its process number. */
  function run(facts: { aheadMs: number; dieAt?: DeliveryStep; dieOn?: number }, onStart: (pid: number) => void = () => {}): Promise<End> {
    const orders = JSON.stringify({ databaseUrl: world.url, url: provider.url, apiKey: provider.apiKey, ...facts })
    return new Promise((resolve, reject) => {
      const child = execFile(process.execPath, ['--import', 'tsx', program, orders], (error, stdout, stderr) => {
        if (error && !error.signal) reject(new Error(stderr))
        else resolve({ signal: error?.signal ?? null, said: stdout })
      })
      if (child.pid !== undefined) onStart(child.pid)
    })
  }
  async function expectEachOnce(): Promise<void> {
    expect(new Set(provider.accepted.map((mail) => mail.messageKey)).size).toBe(205)
    expect(provider.accepted).toHaveLength(205)
    if (chosenEngine() === 'sqlite') expect(await world.rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect((await world.rows('select state, count(*) as messages from outbox_messages group by state'))).toEqual([{ state: 'sent', messages: 205 }])
  }

  it('loses nothing and repeats nothing, whatever step it dies at', async () => {
    const deaths: readonly { dieAt: DeliveryStep; dieOn: number }[] = [
      // Before it sent, with the mail that visitors wait for; then among notices.
      { dieAt: 'leased', dieOn: 1 },
      { dieAt: 'composed', dieOn: 3 },
      // After the provider took the batch and before that was written down.
      { dieAt: 'answered', dieOn: 1 },
      { dieAt: 'settled', dieOn: 2 },
    ]
    let aheadMs = 0
    for (const death of deaths) {
      expect((await run({ aheadMs, ...death })).signal).toBe('SIGKILL')
      aheadMs += leaseRunsOutMs
    }
    // In the middle of a request.
    let pid = 0
    let requests = 0
    provider.change({ latencyMs: 20, arrived: () => {
      if (++requests === 3) process.kill(pid, 'SIGKILL')
    } })
    const last = await run({ aheadMs }, (started) => {
      pid = started
    })
    expect(last.signal).toBe('SIGKILL')
    provider.change({ arrived: () => {} })
    expect(countOf(provider)).toBeLessThan(205)

    expect(JSON.parse((await run({ aheadMs: aheadMs + leaseRunsOutMs })).said)).toMatchObject({ retrying: 0, failed: 0, remaining: 0 })
    await expectEachOnce()
  })
})

const countOf = ({ accepted }: ResendStandIn): number => accepted.length
