import { z } from 'zod'
import { previewEntryChoice } from '../domain/digest/preview-entry-choice.ts'
import { accountOnly, router } from '../trpc.ts'

export const previewRouter = router({
  /** What a choice of docket entries would have sent lately. */
  entries: accountOnly.input(z.object({ subscriptionId: z.int().positive() })).query(({ ctx, input }) =>
    previewEntryChoice(ctx.reading(), ctx.site.profile, { ...input, subscriberId: ctx.account.subscriberId })),
})
