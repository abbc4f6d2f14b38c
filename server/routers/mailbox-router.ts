import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../contract/refusals.ts'
import { addDemoEntry } from '../domain/demo/add-demo-entry.ts'
import { findMail } from '../domain/mailbox/find-mail.ts'
import { listMail } from '../domain/mailbox/list-mail.ts'
import { takeReply } from '../domain/texts/take-reply.ts'
import { localMailbox, router } from '../trpc.ts'

const maxListed = 200

export const mailboxRouter = router({
  list: localMailbox.query(async ({ ctx }) =>
    (await listMail(ctx.reading(), { limit: maxListed })).map(({ recipient, ...mail }) => ({ ...mail, to: recipient }))),

  byId: localMailbox.input(z.object({ id: z.number().int() })).query(async ({ ctx, input }) => {
    const mail = await findMail(ctx.reading(), input.id)
    if (!mail) throw new Refusal('caseNotFound', 'Not found.')
    const { sender, recipient, attachments, messageKey: _, ...rest } = mail
    return { ...rest, from: sender, to: recipient, attachments: attachments ?? [] }
  }),

  /** Answers a text as its phone would: what the provider's webhook brings elsewhere (E6). */
  reply: localMailbox.input(z.object({ id: z.number().int(), body: z.string().max(1600) })).mutation(async ({ ctx, input }) => {
    const text = await findMail(ctx.reading(), input.id)
    if (text?.channel !== 'text') throw new Refusal('caseNotFound', 'Not found.')
    const reply = { providerId: `mailbox/${randomUUID()}`, from: text.recipient, body: input.body, isAnswered: false }
    const word = await ctx.inOneTransaction((work) => takeReply(work, ctx.site, reply))
    return { message: `${text.recipient} answered “${input.body}”${word === null ? ', which means nothing to us' : ''}.` }
  }),

  holdEvening: localMailbox.mutation(async ({ ctx }) => {
    const { notices, state } = await ctx.holdEvening()
    return {
      message: state === 'waiting' ? 'The evening owes far more than is usual, so it waits for an operator.'
        : notices === 0
        ? 'The evening was held. Nothing new was entered in a tracked case, so no notice leaves.'
        : `The evening was held: ${notices} ${notices === 1 ? 'notice leaves' : 'notices leave'} now.`,
    }
  }),

  addEntry: localMailbox.mutation(async ({ ctx }) => {
    const added = await ctx.inOneTransaction((work) => addDemoEntry(work, ctx.site))
    return {
      message: added
        ? `An invented entry was added to case ${added.caseNumber}. Now run this evening's digest.`
        : 'No case is tracked yet: find a case, track it and confirm it first.',
    }
  }),
})
