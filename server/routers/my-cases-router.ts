import { z } from 'zod'
import { formatDay } from '../contract/court-time.ts'
import { myCasesExport, myCasesOptions, myCasesPause, myCasesQuery, myCasesStop, myCasesTrack, oneOfMyCases, someOfMyCases } from '../contract/my-cases-view.ts'
import { Refusal } from '../contract/refusals.ts'
import { stopped } from '../contract/wording.ts'
import { changeOptions, pauseMyCases, seeMyCases, stopMyCases } from '../domain/my-cases/change-my-cases.ts'
import { findMailWait } from '../domain/my-cases/find-mail-wait.ts'
import { findMyCase, listAllMyCases, listMyCases } from '../domain/my-cases/list-my-cases.ts'
import { resumeMyCases } from '../domain/my-cases/resume-my-cases.ts'
import { trackByNumber } from '../domain/my-cases/track-by-number.ts'
import { accountOnly, router } from '../trpc.ts'
import { feedsRouter } from './feeds-router.ts'
import { previewRouter } from './preview-router.ts'
import { searchesRouter } from './searches-router.ts'
import { sentRouter } from './sent-router.ts'
import { severalRouter } from './several-router.ts'

const cases = (count: number): string => (count === 1 ? 'The case is' : `${count.toLocaleString('en-US')} cases are`)

/** What a pause came to; of the others no e-mail comes as it is. */
function pausedSaid(paused: number, others: number, until: string | null): string {
  if (paused === 0) return 'Nothing was paused: no e-mail comes now for what you chose.'
  const end = until === null ? `you resume ${paused === 1 ? 'it' : 'them'}` : `the evening of ${formatDay(until)}`
  const said = `${others > 0 && paused === 1 ? '1 case is' : cases(paused)} paused: no e-mail comes until ${end}. The first one after it tells in short what was missed.`
  return others === 0 ? said : `${said} For ${others === 1 ? 'the other one' : `the ${others.toLocaleString('en-US')} others`} no e-mail comes now: nothing was changed there.`
}

/** What an account tracks, and what goes with it (G2 to G8). Somebody else's case is not found, and nothing changes then. */
export const myCasesRouter = router({
  list: accountOnly.input(myCasesQuery).query(({ ctx, input }) => listMyCases(ctx.reading(), ctx.site.profile, ctx.account, input)),

  /** For the file. */
  listAll: accountOnly.input(myCasesExport).query(({ ctx, input }) => listAllMyCases(ctx.reading(), ctx.site.profile, ctx.account, input)),

  one: accountOnly.input(oneOfMyCases).query(async ({ ctx, input }) => {
    const found = await findMyCase(ctx.reading(), ctx.site.profile, ctx.account, input.id)
    if (!found) throw new Refusal('notFound', 'Not found.')
    return found
  }),

  mailWait: accountOnly.input(z.object({ number: z.string().max(200), court: z.string().max(200) }))
    .query(({ ctx, input }) => findMailWait(ctx.reading(), ctx.account.subscriberId, input)),

  /** The page was looked at, which knew of the changes until this one. */
  seen: accountOnly.input(z.object({ through: z.number().int().min(0) })).mutation(async ({ ctx, input }) => {
    await ctx.inOneTransaction((work) => seeMyCases(work, ctx.account.id, input.through))
    return { message: 'All changes are marked as seen.' }
  }),

  options: accountOnly.input(myCasesOptions).mutation(async ({ ctx, input: { ids, ...choices } }) => {
    await ctx.inOneTransaction((work) => changeOptions(work, { subscriberId: ctx.account.subscriberId, ids }, choices))
    return { message: 'Your choices are saved.' }
  }),

  pause: accountOnly.input(myCasesPause).mutation(async ({ ctx, input: { ids, until } }) => {
    const paused = await ctx.inOneTransaction((work) => pauseMyCases(work, ctx.site.profile, { subscriberId: ctx.account.subscriberId, ids }, until))
    return { message: pausedSaid(paused, ids.length - paused, until) }
  }),

  resume: accountOnly.input(someOfMyCases).mutation(async ({ ctx, input }) => {
    const tracked = await ctx.inOneTransaction((work) => resumeMyCases(work, ctx.site, ctx.account, input.ids, { from: ctx.clientHash() }))
    return { message: `${cases(tracked)} tracked again from now on.` }
  }),

  stop: accountOnly.input(myCasesStop).mutation(async ({ ctx, input: { ids, choice } }) => {
    await ctx.inOneTransaction((work) => stopMyCases(work, { subscriberId: ctx.account.subscriberId, ids }, choice, { from: ctx.clientHash() }))
    const byText = choice === 'textOnly' ? ' by text' : ''
    return { message: ids.length === 1 ? stopped.case[choice] : `You are no longer tracking these ${ids.length.toLocaleString('en-US')} cases${byText}.` }
  }),

  track: accountOnly.input(myCasesTrack).mutation(async ({ ctx, input }) => ({ message: await trackByNumber(ctx, ctx.site, ctx.account, input, { from: ctx.clientHash() }) })),

  sent: sentRouter,
  several: severalRouter,
  searches: searchesRouter,
  feeds: feedsRouter,
  preview: previewRouter,
})
