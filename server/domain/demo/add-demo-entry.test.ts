import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, docketChanges, docketEntries, subscriptions } from '../../../db/schema.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { takeAll } from '../../testing/take-all.ts'
import { isUntaken } from '../digest/take-changes.ts'
import { addDemoEntry } from './add-demo-entry.ts'
import { putDemoSubscriptions } from './put-demo-subscriptions.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const add = () => world.work((work) => addDemoEntry(work, world.site))
async function track(number: string): Promise<void> {
  await takeAll(world, [{ type: 'case', number, court: '13-BOONE', caption: 'Harbor v. Lowell' }])
  const found = await world.reading().tx.select().from(cases).where(eq(cases.number, number))
  await putDemoSubscriptions(world.workplace, Float64Array.from(found, ({ id }) => id), { wanted: 1, seed: 1, timeZone: world.profile.timeZone }, () => undefined)
}

describe('an invented entry on demand', () => {
  it('is none while nothing is tracked', async () => {
    await takeAll(world, [{ type: 'case', number: '25BE-CR00311', court: '13-BOONE', caption: 'Harbor v. Lowell' }])
    expect(await add()).toBeNull()
    expect(await world.reading().tx.$count(docketEntries)).toBe(0)
  })

  it('goes to the case whose tracking became active last, and waits for the evening', async () => {
    await track('25BE-CR00311')
    world.clock.passMinutes(5)
    await track('25BE-CR00312')
    expect(await add()).toEqual({ caseNumber: '25BE-CR00312' })
    expect(await add()).toEqual({ caseNumber: '25BE-CR00312' })
    const { tx } = world.reading()
    const changes = await tx.select().from(docketChanges).where(isUntaken)
    expect(changes).toMatchObject([{ kind: 'added', isQuiet: false }, { kind: 'added', isQuiet: false }])
    expect(new Set((await tx.select().from(docketEntries)).map((one) => one.sourceId)).size).toBe(2)
  })

  it('never goes to a case that is stopped or confidential', async () => {
    await track('25BE-CR00311')
    world.clock.passMinutes(5)
    await track('25BE-CR00312')
    const sealed = { type: 'case', number: '25BE-CR00312', court: '13-BOONE', caption: 'Harbor v. Lowell', security: 'confidential' } as const
    await takeAll(world, [sealed])
    expect(await add()).toEqual({ caseNumber: '25BE-CR00311' })
    await world.work(({ tx, now }) => tx.update(subscriptions).set({ emailState: 'stopped', stoppedAt: now }))
    expect(await add()).toBeNull()
  })
})
