import { like, max, sql } from 'drizzle-orm'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import { docketChanges, subscribers, subscriptions } from '../../../db/schema.ts'
import type { Workplace } from '../../work.ts'
import { diceFor } from './dice.ts'
import type { NamedCase } from './invent-todays-entry.ts'

export interface TrackableCase extends NamedCase {
  readonly id: number
}

const casesPerPerson = 3
const peoplePerTransaction = 200

/**
 * Adds people, `person000001@example.com` and on, who confirmed their addresses and track some of these cases by e-mail
 * from now on. Every case is tracked before one is tracked more often than others. Gives the cases that are tracked now.
 */
export async function putDemoSubscriptions(
  workplace: Workplace, cases: readonly TrackableCase[], { wanted, seed }: { wanted: number; seed: number },
  onProgress: (done: number) => void,
): Promise<readonly TrackableCase[]> {
  if (wanted === 0) return cases
  const dice = diceFor(seed, 'subscriptions')
  const perPerson = Math.min(casesPerPerson, cases.length)
  let person = await workplace.reading().tx.$count(subscribers, like(subscribers.emailKey, 'person%@example.com'))
  for (let made = 0; made < wanted;) {
    made = await workplace.inOneTransaction(async ({ tx, now }) => {
      const [newest] = await tx.select({ id: max(docketChanges.id) }).from(docketChanges)
      const email = sql.placeholder('email')
      const addPerson = tx.insert(subscribers).values({ email, emailKey: email, confirmedAt: now, createdAt: now })
        .returning({ id: subscribers.id }).prepare()
      const addSubscription = tx.insert(subscriptions).values({
        subscriberId: sql.placeholder('subscriberId'), caseId: sql.placeholder('caseId'), emailState: 'active', textState: 'none',
        eventTenDays: sql.placeholder('eventTenDays'), eventTwoDays: sql.placeholder('eventTwoDays'),
        paymentTwoDays: sql.placeholder('paymentTwoDays'), emailActiveAfter: newest?.id ?? 0, emailActiveAt: now, linkVersion: 1,
        createdAt: now,
      }).prepare()
      let count = made
      for (let nth = 0; nth < peoplePerTransaction && count < wanted; nth++) {
        const [added] = await addPerson.execute({ email: `person${String(++person).padStart(6, '0')}@example.com` })
        if (!added) throw new Error('A person was not added.')
        for (let which = 0; which < perPerson && count < wanted; which++) {
          await addSubscription.execute({
            subscriberId: added.id, caseId: cases[count % cases.length]?.id,
            eventTenDays: dice.chance(0.5), eventTwoDays: dice.chance(0.6), paymentTwoDays: dice.chance(0.3),
          })
          count++
        }
      }
      return count
    })
    onProgress(made)
    await letOthersRun()
  }
  return cases.slice(0, wanted)
}
