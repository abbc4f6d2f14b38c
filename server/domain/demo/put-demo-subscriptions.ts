import { like, max } from 'drizzle-orm'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import { rowsAtOnce } from '../../../db/columns.ts'
import { docketChanges, subscribers, subscriptions } from '../../../db/schema.ts'
import type { Workplace } from '../../work.ts'
import { mailboxKey } from '../limits/mailbox-key.ts'
import { diceFor } from './dice.ts'
import { inOrder } from './put-plain-cases.ts'

const casesPerPerson = 3
const peoplePerTransaction = 5_000

/**
 * Adds people, `person000001@example.com` and on, who confirmed their addresses and track some of these cases by e-mail
 * from now on. Every case is tracked before one is tracked more often than others. Gives how many of the cases, from the first
 * on, are tracked now.
 */
export async function putDemoSubscriptions(
  workplace: Workplace, caseIds: Float64Array, { wanted, seed }: { wanted: number; seed: number }, onProgress: (done: number) => void,
): Promise<number> {
  const dice = diceFor(seed, 'subscriptions')
  const perPerson = Math.min(casesPerPerson, caseIds.length)
  let person = await workplace.reading().tx.$count(subscribers, like(subscribers.emailKey, 'person%@example.com'))
  for (let made = 0; made < wanted;) {
    const some = Math.min(wanted - made, peoplePerTransaction * perPerson)
    await workplace.inOneTransaction(async ({ tx, now }) => {
      const [newest] = await tx.select({ id: max(docketChanges.id) }).from(docketChanges)
      const people = Array.from({ length: Math.ceil(some / perPerson) }, () => `person${String(++person).padStart(6, '0')}@example.com`)
      const added = await tx.insert(subscribers).select(rowsAtOnce(subscribers, people.map((email) => (
        { email, emailKey: email, mailboxKey: mailboxKey(email), confirmedAt: now, createdAt: now }
      )))).returning({ id: subscribers.id })
      const ids = inOrder(added, people.length)
      await tx.insert(subscriptions).select(rowsAtOnce(subscriptions, Array.from({ length: some }, (_, nth) => ({
        subscriberId: ids[Math.floor(nth / perPerson)] ?? 0, caseId: caseIds[(made + nth) % caseIds.length] ?? 0,
        emailState: 'active' as const, textState: 'none' as const,
        eventTenDays: dice.chance(0.5), eventTwoDays: dice.chance(0.6), paymentTwoDays: dice.chance(0.3),
        emailActiveAfter: newest?.id ?? 0, emailActiveAt: now, linkVersion: 1, createdAt: now,
      }))))
    })
    made += some
    onProgress(made)
    await letOthersRun()
  }
  return Math.min(wanted, caseIds.length)
}
