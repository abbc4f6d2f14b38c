import { severalInput, severalLines } from '../contract/several-view.ts'
import { readCaseLines } from '../domain/tracking/read-case-lines.ts'
import { trackSeveral } from '../domain/tracking/track-several.ts'
import { accountOnly, router } from '../trpc.ts'

export const severalRouter = router({
  /** What each line of a list means, and whether its case is tracked already; changes nothing. */
  look: accountOnly.input(severalLines).query(async ({ ctx, input }) =>
    (await readCaseLines(ctx.reading(), ctx.site.profile, ctx.account.subscriberId, input.lines)).map(({ view }) => view)),

  /** G6: one answer a line. */
  track: accountOnly.input(severalInput).mutation(({ ctx, input }) => trackSeveral(ctx, ctx.site, ctx.account, input, { from: ctx.clientHash() })),
})
