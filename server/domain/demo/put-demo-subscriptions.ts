import { and, between, like, max } from 'drizzle-orm'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import { rowsAtOnce } from '../../../db/columns.ts'
import { docketChanges, scheduledEvents, scheduledPayments, subscribers, subscriptions } from '../../../db/schema.ts'
import { addDays, dayOf } from '../../contract/court-time.ts'
import type { Reading, Workplace } from '../../work.ts'
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
  workplace: Workplace, caseIds: Float64Array, { wanted, seed, timeZone }: { wanted: number; seed: number; timeZone: string },
  onProgress: (done: number) => void,
): Promise<number> {
  const dice = diceFor(seed, 'subscriptions')
  const perPerson = Math.min(casesPerPerson, caseIds.length)
  let person = await workplace.reading().tx.$count(subscribers, like(subscribers.emailKey, 'person%@example.com'))
  for (let made = 0; made < wanted;) {
    const some = Math.min(wanted - made, peoplePerTransaction * perPerson)
    await workplace.inOneTransaction(async (work) => {
      const { tx, now } = work
      const tracked = Array.from({ length: some }, (_, nth) => caseIds[(made + nth) % caseIds.length] ?? 0)
      const dueTonight = await listDueTonight(work, tracked, timeZone)
      const [newest] = await tx.select({ id: max(docketChanges.id) }).from(docketChanges)
      const people = Array.from({ length: Math.ceil(some / perPerson) }, () => `person${String(++person).padStart(6, '0')}@example.com`)
      const added = await tx.insert(subscribers).select(rowsAtOnce(subscribers, people.map((email) => (
        { email, emailKey: email, mailboxKey: mailboxKey(email), confirmedAt: now, createdAt: now }
      )))).returning({ id: subscribers.id })
      const ids = inOrder(added, people.length)
      await tx.insert(subscriptions).select(rowsAtOnce(subscriptions, tracked.map((caseId, nth) => ({
        subscriberId: ids[Math.floor(nth / perPerson)] ?? 0, caseId, emailState: 'active' as const, textState: 'none' as const,
        eventTenDays: dice.chance(0.5) && !dueTonight.eventTenDays.has(caseId),
        eventTwoDays: dice.chance(0.6) && !dueTonight.eventTwoDays.has(caseId),
        paymentTwoDays: dice.chance(0.3) && !dueTonight.paymentTwoDays.has(caseId),
        emailActiveAfter: newest?.id ?? 0, emailActiveAt: now, linkVersion: 1, createdAt: now,
      }))))
    })
    made += some
    onProgress(made)
    await letOthersRun()
  }
  return Math.min(wanted, caseIds.length)
}

// An evening before days without one tells what falls due on those, too.
const longestWithoutEvening = 5

/** Cases of which a lead falls due this evening, by the option that asks for it: who tracks them has it not, so that entries alone cause mail. */
async function listDueTonight({ tx, now }: Reading, caseIds: readonly number[], timeZone: string) {
  const today = dayOf(now, timeZone)
  const low = caseIds.reduce((least, id) => Math.min(least, id), Infinity)
  const high = caseIds.reduce((most, id) => Math.max(most, id), 0)
  const isDue = (day: string, lead: number) => day >= addDays(today, lead) && day <= addDays(today, lead + longestWithoutEvening)
  const [from, to] = [now, new Date(now.getTime() + (10 + longestWithoutEvening + 1) * 86_400_000)]
  const events = await tx.select({ caseId: scheduledEvents.caseId, startsAt: scheduledEvents.startsAt }).from(scheduledEvents)
    .where(and(between(scheduledEvents.caseId, low, high), between(scheduledEvents.startsAt, from, to)))
  const payments = await tx.select({ caseId: scheduledPayments.caseId, dueOn: scheduledPayments.dueOn }).from(scheduledPayments)
    .where(and(between(scheduledPayments.caseId, low, high), between(scheduledPayments.dueOn, today, addDays(today, 2 + longestWithoutEvening))))
  const starting = (lead: number) => new Set(events.filter(({ startsAt }) => isDue(dayOf(startsAt, timeZone), lead)).map(({ caseId }) => caseId))
  return {
    eventTenDays: starting(10), eventTwoDays: starting(2),
    paymentTwoDays: new Set(payments.filter(({ dueOn }) => isDue(dueOn, 2)).map(({ caseId }) => caseId)),
  }
}
