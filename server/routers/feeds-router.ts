import { z } from 'zod'
import { privateFeeds, type PrivateFeed } from '../contract/feeds-view.ts'
import { makeFeed, revokeFeed, showFeeds } from '../domain/my-cases/private-feeds.ts'
import { accountOnly, router } from '../trpc.ts'

const named = z.object({ feed: z.enum(privateFeeds) })
const nameOf: Readonly<Record<PrivateFeed, string>> = { calendar: 'calendar', atom: 'feed' }

// G5.
export const feedsRouter = router({
  show: accountOnly.query(({ ctx }) => showFeeds(ctx.reading(), ctx.linkKeys, ctx.site.origin, ctx.account.id)),

  make: accountOnly.input(named).mutation(async ({ ctx, input }) => {
    await ctx.inOneTransaction((work) => makeFeed(work, ctx.account.id, input.feed))
    return { message: `The address of your ${nameOf[input.feed]} is made.` }
  }),

  revoke: accountOnly.input(named).mutation(async ({ ctx, input }) => {
    await ctx.inOneTransaction((work) => revokeFeed(work, ctx.account.id, input.feed))
    return { message: `The address of your ${nameOf[input.feed]} does not work any more.` }
  }),
})
