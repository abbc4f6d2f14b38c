import { z } from 'zod'
import { stopChoices } from '../contract/vocabulary.ts'
import { nowTracking, stopped } from '../contract/wording.ts'
import { describeConfirmLink, describeStopAllLink, describeStopLink } from '../domain/links/describe-link.ts'
import { openLink } from '../domain/links/link-token.ts'
import { confirmAllTracking, confirmTracking } from '../domain/tracking/confirm-tracking.ts'
import { stopAllTracking, stopTracking } from '../domain/tracking/stop-tracking.ts'
import { Refusal } from '../contract/refusals.ts'
import { anyone, router } from '../trpc.ts'

const token = z.string().max(100)

// The link is the permission: whoever holds it may use it, and nobody else can make one (H2).
export const linksRouter = router({
  describe: anyone.input(z.object({ token, purpose: z.enum(['confirm', 'stop', 'stopAll']) })).query(({ ctx, input }) => {
    switch (input.purpose) {
      case 'confirm': return describeConfirmLink(ctx.reading(), ctx.linkKeys, input.token)
      case 'stop': return describeStopLink(ctx.reading(), ctx.linkKeys, input.token)
      case 'stopAll': return describeStopAllLink(ctx.linkKeys, input.token)
    }
  }),

  /** C2. */
  confirm: anyone.input(z.object({ token })).mutation(async ({ ctx, input }) => {
    const one = openLink(ctx.linkKeys, 'confirm', input.token)
    const all = openLink(ctx.linkKeys, 'confirmAll', input.token)
    if (one) await ctx.inOneTransaction((work) => confirmTracking(work, ctx.site, one.id))
    else if (all) await ctx.inOneTransaction((work) => confirmAllTracking(work, ctx.site, all.id, all.version))
    else throw invalid()
    return { message: nowTracking }
  }),

  /** E1, E2. The words are the same for a subscription that is gone. */
  stop: anyone.input(z.object({ token, scope: z.enum(['case', 'all']), choice: z.enum(stopChoices) })).mutation(async ({ ctx, input }) => {
    const target = openLink(ctx.linkKeys, input.scope === 'case' ? 'stop' : 'stopAll', input.token)
    if (!target) throw invalid()
    const stop = input.scope === 'case' ? stopTracking : stopAllTracking
    await ctx.inOneTransaction((work) => stop(work, target.id, input.choice))
    return { message: stopped[input.scope][input.choice] }
  }),
})

const invalid = (): Refusal => new Refusal('linkInvalid', 'This link no longer works.')
