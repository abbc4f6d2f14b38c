import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxMessages } from '../../../db/schema.ts'
import { oweVerification } from '../../testing/owe-asked.ts'
import { oweNotices } from '../../testing/owe-notices.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { countDueMessages } from './count-due.ts'
import { leaseBatch } from './lease-messages.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const count = (most = 1000): Promise<number> => countDueMessages(world.reading(), world.profile, most)

describe('counting what is due', () => {
  it('counts what waits for now and leases that ran out, and no more than asked', async () => {
    expect(await count()).toBe(0)
    const [later] = await world.work(async (work) => {
      await oweVerification(work)
      return oweNotices(work, { cases: 5 })
    })
    await world.work(({ tx, now }) => tx.update(outboxMessages).set({ dueAt: new Date(now.getTime() + 60_000) })
      .where(eq(outboxMessages.id, later?.messageId ?? 0)))
    expect(await count()).toBe(5)
    expect(await count(3)).toBe(3)
    await world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit: 100, seconds: 60, remembersForMs: 86_400_000 }))
    expect(await count(), 'the visitor\'s is being sent').toBe(4)
    world.clock.passMinutes(2)
    expect(await count(), 'that lease ran out, and the last is due').toBe(6)
    expect(await count(0)).toBe(0)
  })
})
