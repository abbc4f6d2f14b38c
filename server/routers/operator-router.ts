import { z } from 'zod'
import { formatDay } from '../contract/court-time.ts'
import { Refusal } from '../contract/refusals.ts'
import { addOperator } from '../domain/accounts/add-operator.ts'
import { releaseEvening } from '../domain/digest/evening-holds.ts'
import { grantRegistered } from '../domain/accounts/grant-registered.ts'
import { mendAddress } from '../domain/accounts/mend-address.ts'
import { isOpen } from '../domain/hours/service-hours.ts'
import { countCaused } from '../domain/operator/count-caused.ts'
import { countOutbox } from '../domain/operator/count-outbox.ts'
import { listFailures } from '../domain/operator/list-failures.ts'
import { listEvenings, listRuns } from '../domain/operator/list-runs.ts'
import { listSuppressed } from '../domain/operator/list-suppressed.ts'
import { readFeedLag } from '../domain/operator/read-feed-lag.ts'
import { readAnnouncement } from '../domain/operator/read-announcement.ts'
import { retryFailure } from '../domain/operator/retry-failure.ts'
import { announceOutage } from '../domain/outages/announce-outage.ts'
import { endOutage } from '../domain/outages/end-outage.ts'
import { listAnnounced } from '../domain/outages/list-outages.ts'
import { findUnclearedBackup } from '../domain/restorations/list-restorations.ts'
import { operatorOnly, router, type Context } from '../trpc.ts'

const listedRuns = 30
const listedTroubles = 100
const id = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const typed = z.string().max(2000)

/** Who did what, by numbers alone (H5). */
function logAct({ log, account }: Context & { readonly account: { readonly id: number } }, act: string, of: number | null): void {
  log.info('An operator acted.', { account: account.id, act, of })
}

const chooseAnew = ({ isNew }: { readonly isNew: boolean }): string =>
  isNew ? ' There was no account, so one was made: its owner chooses a password with “Forgotten password”.' : ''

// I5, I6, D7. For who is no operator nothing of this is there (S15).
export const operatorRouter = router({
  overview: operatorOnly.query(async ({ ctx }) => {
    const reading = ctx.reading()
    const { profile } = ctx.site
    return {
      runs: await listRuns(reading, listedRuns),
      evenings: await listEvenings(reading, profile, listedRuns),
      outbox: await countOutbox(reading),
      feed: await readFeedLag(reading, profile, ctx.eveningGraceMinutes),
      caused: await countCaused(reading, profile),
      unclearedBackup: await findUnclearedBackup(reading),
    }
  }),

  troubles: operatorOnly.query(async ({ ctx }) => {
    const reading = ctx.reading()
    return {
      failures: await listFailures(reading, listedTroubles),
      deadJobs: (await ctx.jobs.listDead()).slice(0, listedTroubles),
      suppressed: await listSuppressed(reading, listedTroubles),
    }
  }),

  /** Announced ones that are under way or to come. */
  outages: operatorOnly.query(({ ctx }) => listAnnounced(ctx.reading())),

  retry: operatorOnly.input(z.object({ id, mayLeaveTwice: z.boolean() })).mutation(async ({ ctx, input }) => {
    await ctx.inOneTransaction((work) => retryFailure(work, input.id, input.mayLeaveTwice))
    logAct(ctx, 'retry', input.id)
    return { message: `Message ${input.id} waits to leave again.` }
  }),

  /** I7: a yes to the evening that waits, which is held at once where the service is open. */
  releaseEvening: operatorOnly.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const day = await ctx.inOneTransaction((work) => releaseEvening(work, 'page', { id: input.id }))
    logAct(ctx, 'releaseEvening', input.id)
    const said = `You said yes to the evening of ${formatDay(day)}.`
    if (!isOpen(ctx.reading().now, ctx.site.profile)) return { message: `${said} It is held when the service is open.` }
    const { state, notices } = await ctx.holdEvening(day)
    return { message: state === 'completed' ? `${said} It was held: ${notices.toLocaleString('en-US')} ${notices === 1 ? 'notice leaves' : 'notices leave'} now.` : `${said} It is being held.` }
  }),

  redriveJobs: operatorOnly.mutation(async ({ ctx }) => {
    const redriven = await ctx.jobs.redrive()
    logAct(ctx, 'redriveJobs', redriven)
    return { message: `${redriven} ${redriven === 1 ? 'job was' : 'jobs were'} put back.` }
  }),

  liftSuppression: operatorOnly.input(z.object({ subscriberId: id })).mutation(async ({ ctx, input: { subscriberId } }) => {
    if (await ctx.inOneTransaction((work) => mendAddress(work, subscriberId)) === 'notSuppressed') {
      throw new Refusal('notFound', `Address ${subscriberId} is not suppressed.`)
    }
    logAct(ctx, 'liftSuppression', subscriberId)
    return { message: `Address ${subscriberId} gets notices again. The next evening tells what was missed.` }
  }),

  announceOutage: operatorOnly.input(z.object({
    startsAt: typed, startsAtTime: typed, endsAt: typed, endsAtTime: typed, what: typed, isPlanned: z.boolean(),
  })).mutation(async ({ ctx, input }) => {
    const { profile } = ctx.site
    const made = await ctx.inOneTransaction((work) => announceOutage(work, profile, readAnnouncement(work, profile, input)))
    logAct(ctx, 'announceOutage', made)
    return { message: `Outage ${made} is announced on every page.` }
  }),

  endOutage: operatorOnly.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const outcome = await ctx.inOneTransaction((work) => endOutage(work, input.id))
    if (outcome === 'none') throw new Refusal('notFound', `There is no announced outage ${input.id} that is under way or to come.`)
    logAct(ctx, 'endOutage', input.id)
    return { message: outcome === 'ended' ? `Outage ${input.id} is over.` : `Outage ${input.id} is called off.` }
  }),

  /** D7. What is left empty stays as it was. */
  grantRegistered: operatorOnly.input(z.object({ email: typed, name: typed, mailingAddress: typed, barNumber: typed })).mutation(async ({ ctx, input }) => {
    const said = (words: string): string | undefined => (words.trim() === '' ? undefined : words)
    const made = await ctx.inOneTransaction((work) => grantRegistered(work, {
      email: input.email, name: said(input.name), mailingAddress: said(input.mailingAddress), barNumber: said(input.barNumber),
    }))
    logAct(ctx, 'grantRegistered', made.id)
    return { message: `The account is a registered one.${chooseAnew(made)}`, email: input.email.trim() }
  }),

  addOperator: operatorOnly.input(z.object({ email: typed })).mutation(async ({ ctx, input }) => {
    const made = await ctx.inOneTransaction((work) => addOperator(work, input.email))
    logAct(ctx, 'addOperator', made.id)
    return { message: `The account is an operator’s.${chooseAnew(made)}`, email: input.email.trim() }
  }),
})
