import { z } from 'zod'
import { caseSearch } from '../contract/case-search.ts'
import { searchName } from '../contract/searches-view.ts'
import { refuseTooWide } from '../domain/watches/refuse-too-wide.ts'
import { deleteSearch, getSavedSearch, listSavedSearches, renameSearch, saveSearch, setWatched } from '../domain/watches/saved-searches.ts'
import { accountOnly, router } from '../trpc.ts'

const id = z.number().int().min(1)

// G7. Somebody else's search is not found.
export const searchesRouter = router({
  list: accountOnly.query(({ ctx }) => listSavedSearches(ctx.reading(), ctx.account.id)),

  save: accountOnly.input(z.object({ name: searchName, search: caseSearch })).mutation(async ({ ctx, input }) => ({
    id: await ctx.inOneTransaction((work) => saveSearch(work, { accountId: ctx.account.id, ...input })),
    message: 'The search is saved.',
  })),

  rename: accountOnly.input(z.object({ id, name: searchName })).mutation(async ({ ctx, input }) => {
    await ctx.inOneTransaction((work) => renameSearch(work, { accountId: ctx.account.id, id: input.id }, input.name))
    return { message: 'The search has its new name.' }
  }),

  delete: accountOnly.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    await ctx.inOneTransaction((work) => deleteSearch(work, { accountId: ctx.account.id, id: input.id }))
    return { message: 'The search is deleted.' }
  }),

  watch: accountOnly.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const own = { accountId: ctx.account.id, id: input.id }
    const reading = ctx.reading()
    await refuseTooWide(reading, ctx.site.profile, (await getSavedSearch(reading, own)).search)
    await ctx.inOneTransaction((work) => setWatched(work, own, true))
    return { message: 'You are now watching this search. New cases that match are told to you in the evening.' }
  }),

  stopWatching: accountOnly.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    await ctx.inOneTransaction((work) => setWatched(work, { accountId: ctx.account.id, id: input.id }, false))
    return { message: 'You are no longer watching this search.' }
  }),
})
