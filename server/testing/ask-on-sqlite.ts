import { and, eq, ne } from 'drizzle-orm'
import { chooseEngine } from '../../db/engine.ts'

// A program of its own, since a process works on one engine: somebody new asks to track a case that others track, and
// somebody who tracks some asks what. Told the address of a SQLite database; says the number of the case.

const [databaseUrl = '', newcomer = '', tracker = ''] = process.argv.slice(2)
chooseEngine('sqlite')
const { openDatabase } = await import('../../db/open-database.ts')
const { cases, subscriptions } = await import('../../db/schema.ts')
const { requestReport } = await import('../domain/tracking/tracking-report.ts')
const { requestTracking } = await import('../domain/tracking/request-tracking.ts')
const { aSite } = await import('./a-site.ts')
const { loadProfile } = await import('../profile/load-profile.ts')
const { workplaceOf } = await import('../work.ts')

const workplace = workplaceOf(openDatabase(databaseUrl, { waitMs: 20_000 }), { now: () => new Date() })
const site = aSite(loadProfile())
const number = await workplace.inOneTransaction(async (work) => {
  const [tracked] = await work.tx.select({ number: cases.number, court: cases.court }).from(cases)
    .innerJoin(subscriptions, eq(subscriptions.caseId, cases.id))
    .where(and(eq(subscriptions.emailState, 'active'), ne(cases.security, 'confidential'))).limit(1)
  if (!tracked) throw new Error('Nobody tracks anything.')
  await requestTracking(work, site, {
    number: tracked.number, court: tracked.court, email: newcomer, phone: null, carrier: null, eventTenDays: false, eventTwoDays: false, paymentTwoDays: false,
  })
  await requestReport(work, site, tracker)
  return tracked.number
})
await workplace.close()
process.stdout.write(number)
