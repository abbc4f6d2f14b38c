import { z } from 'zod'
import { caseSearch } from '../contract/case-search.ts'
import { Refusal } from '../contract/refusals.ts'
import { findCase } from '../domain/cases/find-case.ts'
import { listCourts } from '../domain/cases/list-courts.ts'
import { listDocket } from '../domain/cases/list-docket.ts'
import { listEvents } from '../domain/cases/list-events.ts'
import { listParties } from '../domain/cases/list-parties.ts'
import { listPayments } from '../domain/cases/list-payments.ts'
import { searchCases } from '../domain/cases/search-cases.ts'
import { anyone, anyoneWhileOpen, router } from '../trpc.ts'

const named = z.object({ number: z.string().max(200), court: z.string().max(50).optional() })

export const casesRouter = router({
  search: anyoneWhileOpen.input(caseSearch).query(({ ctx, input }) => searchCases(ctx.reading(), ctx.site.profile, input)),

  byNumber: anyoneWhileOpen.input(named.extend({ newest: z.number().int().min(0).max(300).optional() })).query(async ({ ctx, input }) => {
    const found = await findCase(ctx.reading(), ctx.site.profile, input)
    if (!found) throw new Refusal('caseNotFound', 'No case with this number was found.')
    return found
  }),

  docket: anyoneWhileOpen.input(named.extend({
    order: z.enum(['newest', 'oldest']),
    filter: z.string().max(200),
    page: z.number().int().min(1).max(10_000),
  })).query(({ ctx, input }) => listDocket(ctx.reading(), ctx.site.profile, input)),

  parties: anyoneWhileOpen.input(named).query(({ ctx, input }) => listParties(ctx.reading(), input)),
  events: anyoneWhileOpen.input(named).query(({ ctx, input }) => listEvents(ctx.reading(), input)),
  payments: anyoneWhileOpen.input(named).query(({ ctx, input }) => listPayments(ctx.reading(), input)),
  courts: anyone.query(({ ctx }) => listCourts(ctx.reading(), ctx.site.profile)),
})
