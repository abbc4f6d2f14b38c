import { router } from '../trpc.ts'
import { accountRouter } from './account-router.ts'
import { casesRouter } from './cases-router.ts'
import { linksRouter } from './links-router.ts'
import { mailboxRouter } from './mailbox-router.ts'
import { myCasesRouter } from './my-cases-router.ts'
import { operatorRouter } from './operator-router.ts'
import { siteRouter } from './site-router.ts'
import { trackingRouter } from './tracking-router.ts'

/** Every procedure there is (contract.md section 3). */
export const appRouter = router({
  cases: casesRouter,
  tracking: trackingRouter,
  links: linksRouter,
  account: accountRouter,
  myCases: myCasesRouter,
  operator: operatorRouter,
  site: siteRouter,
  mailbox: mailboxRouter,
})
export type AppRouter = typeof appRouter
