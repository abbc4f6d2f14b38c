import { eq } from 'drizzle-orm'
import { subscribers } from '../../db/schema.ts'
import { caseSearch } from '../contract/case-search.ts'
import { saveSearch, setWatched } from '../domain/watches/saved-searches.ts'
import { putTestAccount } from './put-account.ts'
import { putCase, putEntry, putEvent } from './put-case.ts'
import { putSubscription } from './put-subscription.ts'
import type { World } from './world.ts'

const cases = 10
const readersOfCase = 4

/**
 * Puts what an evening tells in each of its ways: entries of cases that several track, one e-mail of several cases, a hearing
 * that is near, and a new case that somebody watches for. Gives the addresses that are owed a mail, one each.
 */
export async function putSmallEvening(world: World): Promise<string[]> {
  const watcher = 'watcher@mail.example.com'
  const accountId = await putTestAccount(world, watcher)
  return world.work(async (work) => {
    const search = await saveSearch(work, { accountId, name: 'Ostrow', search: caseSearch.parse({ q: 'ostrow' }) })
    await setWatched(work, { accountId, id: search }, true)
    const owed: string[] = [watcher]
    const track = async (caseId: number, email: string, facts = {}): Promise<void> => {
      await putSubscription(work, caseId, { email, ...facts })
      if (!owed.includes(email)) owed.push(email)
    }
    for (let nth = 0; nth < cases; nth++) {
      const caseId = await putCase(work, { number: `26BA-CV0000${nth}` })
      for (let reader = 0; reader < readersOfCase; reader++) await track(caseId, `reader-${nth}-${reader}@mail.example.com`)
      if (nth < 3) await track(caseId, 'bundled@mail.example.com')
      await putEntry(work, caseId)
    }
    await work.tx.update(subscribers).set({ isBundled: true }).where(eq(subscribers.email, 'bundled@mail.example.com'))
    const heard = await putCase(work, { number: '26BA-CV00090' })
    await track(heard, 'heard@mail.example.com', { eventTwoDays: true })
    await putEvent(work, heard, { startsAt: new Date(work.now.getTime() + 2 * 86_400_000) })
    await putCase(work, { number: '26BA-CV00091', caption: 'Ostrow v. Lowell' })
    return owed
  })
}
