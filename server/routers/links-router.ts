import { z } from 'zod'
import { oneClickWords } from '../contract/consent-wording.ts'
import { stopChoices, watchLinks, type LinkPurpose, type StopChoice } from '../contract/vocabulary.ts'
import {
  accountConfirmed, addressChanged, awaitedTextWords, confirmedWhileStopped, nowTracking, nowTrackingByText, stopped, stoppedListed, watchesStopped,
  watchStopped,
} from '../contract/wording.ts'
import { changeAddress } from '../domain/accounts/change-address.ts'
import { confirmAccount } from '../domain/accounts/confirm-account.ts'
import type { Manner } from '../domain/consent/put-consents.ts'
import { describeConfirmLink, describeResetLink, describeStopAllLink, describeStopLink } from '../domain/links/describe-link.ts'
import { openLink, type LinkTarget } from '../domain/links/link-token.ts'
import { confirmPhone } from '../domain/texts/confirm-phone.ts'
import { confirmAllTracking, confirmTracking, type Confirmation } from '../domain/tracking/confirm-tracking.ts'
import { refuseTexts, stopTexts } from '../domain/tracking/stop-texts.ts'
import { stopAllTracking, stopListed, stopTracking } from '../domain/tracking/stop-tracking.ts'
import { describeStopWatchLink, stopWatch } from '../domain/watches/stop-watch.ts'
import { Refusal } from '../contract/refusals.ts'
import { anyone, router } from '../trpc.ts'
import { keepSession } from './keep-session.ts'

// Any that fits an address: what is none of ours is answered as such (C3).
const token = z.string().max(20_000)

// The link is the permission: whoever holds it may use it, and nobody else can make one (H2).
export const linksRouter = router({
  describe: anyone.input(z.object({ token, purpose: z.enum(['confirm', 'stop', 'stopAll', 'stopWatch', 'resetPassword']) })).query(({ ctx, input }) => {
    switch (input.purpose) {
      case 'confirm': return describeConfirmLink(ctx.reading(), ctx.site, ctx.linkKeys, input.token)
      case 'stop': return describeStopLink(ctx.reading(), ctx.linkKeys, input.token)
      case 'stopAll': return describeStopAllLink(ctx.linkKeys, input.token)
      case 'stopWatch': return describeStopWatchLink(ctx.reading(), ctx.linkKeys, input.token)
      case 'resetPassword': return describeResetLink(ctx.reading(), ctx.linkKeys, input.token)
    }
  }),

  /** C2, C4. */
  confirm: anyone.input(z.object({ token })).mutation(async ({ ctx, input }) => {
    const one = openLink(ctx.linkKeys, 'confirm', input.token)
    if (one) return said(await ctx.inOneTransaction((work) => confirmTracking(work, ctx.site, one.id, { from: ctx.clientHash() })))
    const all = openLink(ctx.linkKeys, 'confirmAll', input.token)
    if (all) return said(await ctx.inOneTransaction((work) => confirmAllTracking(work, ctx.site, all.id, all.version, { from: ctx.clientHash() })))
    const account = openLink(ctx.linkKeys, 'register', input.token)
    if (account) {
      await ctx.inOneTransaction((work) => confirmAccount(work, account.id, { from: ctx.clientHash() }))
      return { message: accountConfirmed, textMessage: null }
    }
    const change = openLink(ctx.linkKeys, 'changeAddress', input.token)
    if (change) {
      await keepSession(ctx, (work, kept) => changeAddress(work, change.id, kept, { from: ctx.clientHash() }))
      return { message: addressChanged, textMessage: null }
    }
    const phone = openLink(ctx.linkKeys, 'confirmText', input.token)
    if (!phone) throw invalid()
    const { isStopped } = await ctx.inOneTransaction((work) => confirmPhone(work, ctx.site, phone.id, { from: ctx.clientHash() }))
    return { message: isStopped ? confirmedWhileStopped : nowTrackingByText, textMessage: null }
  }),

  /** E1, E2, E6: in the words of what it came to. They are the same for a subscription that is gone. */
  stop: anyone.input(z.object({
    token, scope: z.enum(['case', 'all']), choice: z.enum(stopChoices),
    /** From the mail program itself, whose words are its own (E4). */
    isOneClick: z.boolean().default(false),
  })).mutation(async ({ ctx, input }) => {
    const way = waysToStop.filter(({ scope }) => scope === input.scope)
      .map(({ purpose, stop }) => ({ purpose, stop, target: openLink(ctx.linkKeys, purpose, input.token) }))
      .find(({ target }) => target !== undefined)
    const target = way?.target
    if (!way || !target) throw invalid()
    const done = await ctx.inOneTransaction((work) => way.stop(work, target, input.choice, { from: ctx.clientHash(), ...(input.isOneClick ? { words: oneClickWords } : {}) }))
    return { message: way.purpose === 'stopListed' ? stoppedListed[done] : stopped[input.scope][done] }
  }),

  /** G7: what mail of new cases leads to. The words are the same for a watch that is gone. */
  stopWatch: anyone.input(z.object({ token })).mutation(async ({ ctx, input }) => {
    const target = openLink(ctx.linkKeys, 'stopWatch', input.token)
    if (!target) throw invalid()
    await ctx.inOneTransaction((work) => stopWatch(work, target))
    return { message: target.version === watchLinks.ofAccount ? watchesStopped : watchStopped }
  }),
})

type Work = Parameters<typeof stopTracking>[0]

interface WayToStop {
  readonly scope: 'case' | 'all'
  readonly purpose: LinkPurpose
  /** What it came to, which of a text can be less than was chosen. */
  readonly stop: (work: Work, target: LinkTarget, choice: StopChoice, manner: Manner) => Promise<StopChoice>
}

const waysToStop: readonly WayToStop[] = [
  { scope: 'case', purpose: 'stop', stop: (work, { id }, choice, manner) => stopTracking(work, id, choice, manner).then(() => choice) },
  { scope: 'case', purpose: 'stopText', stop: stopTexts },
  { scope: 'case', purpose: 'refuseText', stop: refuseTexts },
  // One click in a mail program (E4); its page has words of its own.
  { scope: 'case', purpose: 'stopWatch', stop: (work, target, choice) => stopWatch(work, target).then(() => choice) },
  { scope: 'case', purpose: 'stopListed', stop: (work, { id }, choice, manner) => stopListed(work, id, choice, manner).then(() => choice) },
  { scope: 'all', purpose: 'stopAll', stop: (work, { id }, choice, manner) => stopAllTracking(work, id, choice, manner).then(() => choice) },
]

const said = ({ awaited }: Confirmation) =>
  ({ message: nowTracking, textMessage: awaited.length === 0 ? null : awaited.map((text) => awaitedTextWords[text]).join(' ') })

const invalid = (): Refusal => new Refusal('linkInvalid', 'This link no longer works.')
