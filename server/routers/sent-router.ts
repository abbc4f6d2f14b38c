import { z } from 'zod'
import { explainNotices } from '../domain/my-cases/explain-notices.ts'
import { getSentMessage } from '../domain/my-cases/get-sent-message.ts'
import { listExplainedCases } from '../domain/my-cases/list-explained-cases.ts'
import { listSent } from '../domain/my-cases/list-sent.ts'
import { accountOnly, router } from '../trpc.ts'

const byId = z.object({ id: z.number().int().min(1) })

export const sentRouter = router({
  /** G3. */
  list: accountOnly.input(z.object({ before: z.string().max(40) })).query(({ ctx, input }) =>
    listSent(ctx.reading(), ctx.site, ctx.account.subscriberId, input.before)),

  byId: accountOnly.input(byId).query(async ({ ctx, input }) => {
    const { sent, frozen } = await getSentMessage(ctx.reading(), ctx.site, ctx.account.subscriberId, input.id)
    return { ...sent, copy: frozen === null ? null : ctx.composeCopy(frozen) }
  }),

  /** The cases that `why` is asked of. */
  explained: accountOnly.query(({ ctx }) => listExplainedCases(ctx.reading(), ctx.account.subscriberId)),

  /** G8, of one subscription. */
  why: accountOnly.input(byId).query(({ ctx, input }) => explainNotices(ctx.reading(), ctx.site, ctx.account.subscriberId, input.id)),
})
