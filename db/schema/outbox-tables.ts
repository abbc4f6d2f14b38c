import { sql } from 'drizzle-orm'
import { messageKinds, messageStates } from '../../server/contract/vocabulary.ts'
import { isOneOf, type Dialect } from '../columns.ts'
import type { DocketTables } from './docket-tables.ts'
import type { TrackingTables } from './tracking-tables.ts'

/** What must leave, what was said in it, and what became of it (docs/architecture.md, the outbox). */
export function outboxTables(d: Dialect, { cases, digestRuns }: DocketTables, { subscribers, subscriptions }: TrackingTables) {
  /** What a message says, frozen when its fact was recorded. Many messages may point to one. */
  const messageContents = d.table('message_contents', {
    id: d.serial(),
    /** Null unless a notice: then unique with case and first change. */
    runId: d.integer().references(() => digestRuns.id),
    caseId: d.integer().references(() => cases.id, { onDelete: 'cascade' }),
    /** The first change it tells: subscriptions that became active in between are told fewer. */
    firstChangeId: d.integer(),
    /** The properties of its e-mail template (`server/domain/outbox/message-content.ts`). */
    payload: d.json<unknown>().notNull(),
    /** When what it says may no longer be said (F8, A9): its messages do not leave. */
    withdrawnAt: d.instant(),
    createdAt: d.instant().notNull(),
  }, (t) => [
    d.uniqueIndex('message_contents_run_case_change_key').on(t.runId, t.caseId, t.firstChangeId),
    d.index('message_contents_case').on(t.caseId),
  ])

  /** Messages that shared one provider request, and its idempotency key. Remembered before the first try. */
  const outboxBatches = d.table('outbox_batches', {
    id: d.serial(),
    providerKey: d.text().notNull(),
    firstTriedAt: d.instant().notNull(),
  })

  const outboxMessages = d.table('outbox_messages', {
    id: d.serial(),
    /** Names the fact that the message tells; never holds a token. */
    dedupeKey: d.text().notNull(),
    kind: d.oneOf(messageKinds).notNull(),
    state: d.oneOf(messageStates).notNull(),
    subscriberId: d.integer().notNull().references(() => subscribers.id, { onDelete: 'cascade' }),
    /** Set for notices. */
    subscriptionId: d.integer().references(() => subscriptions.id, { onDelete: 'cascade' }),
    contentId: d.integer().notNull().references(() => messageContents.id, { onDelete: 'cascade' }),
    runId: d.integer().references(() => digestRuns.id),
    createdAt: d.instant().notNull(),
    dueAt: d.instant().notNull(),
    attempts: d.integer().notNull(),
    batchId: d.integer().references(() => outboxBatches.id),
    leasedBy: d.text(),
    leasedUntil: d.instant(),
    settledAt: d.instant(),
    providerId: d.text(),
    /** Why it failed, waits again, was cancelled or parked, for an operator; holds no address. */
    reason: d.text(),
  }, (t) => [
    d.uniqueIndex('outbox_messages_dedupe_key').on(t.dedupeKey),
    // Mail that a visitor waits for leaves before notices; that the two lanes have an index each keeps a lease one look-up.
    d.index('outbox_messages_notice_due').on(t.dueAt, t.id).where(sql`${t.state} = 'waiting' and ${t.kind} = 'notice'`),
    d.index('outbox_messages_asked_due').on(t.dueAt, t.id).where(sql`${t.state} = 'waiting' and ${t.kind} <> 'notice'`),
    d.index('outbox_messages_leased').on(t.leasedUntil).where(sql`${t.state} = 'leased'`),
    d.index('outbox_messages_asked_subscriber').on(t.subscriberId, t.createdAt).where(sql`${t.kind} <> 'notice'`),
    d.index('outbox_messages_batch').on(t.batchId).where(sql`${t.batchId} is not null and ${t.state} in ('waiting', 'leased')`),
    d.index('outbox_messages_trouble').on(t.state, t.id).where(sql`${t.state} in ('failed', 'parked', 'bounced')`),
    d.check('outbox_messages_kind_known', isOneOf(t.kind, messageKinds)),
    d.check('outbox_messages_state_known', isOneOf(t.state, messageStates)),
    d.check('outbox_messages_lease_complete', sql`(${t.state} = 'leased') = (${t.leasedBy} is not null) and (${t.leasedBy} is null) = (${t.leasedUntil} is null)`),
    d.check('outbox_messages_notice_subscription', sql`(${t.kind} = 'notice') = (${t.subscriptionId} is not null)`),
  ])

  /** The slots of a provider that takes so many requests a second, for all processes together. Instants by the clock of the database. */
  const providerPaces = d.table('provider_paces', {
    provider: d.key(),
    /** When the next free slot begins. */
    nextAt: d.instant().notNull(),
    /** Until when the provider asked for quiet. */
    heldUntil: d.instant().notNull(),
    /** How much longer than a second its requests of a second are spread, in milliseconds. */
    marginMs: d.integer().notNull(),
  }, (t) => [d.check('provider_paces_margin', sql`${t.marginMs} >= 0`)])

  /** What the local mailbox transport received, for `/mailbox`. */
  const mailboxMessages = d.table('mailbox_messages', {
    id: d.serial(),
    messageKey: d.text().notNull(),
    sender: d.text().notNull(),
    recipient: d.text().notNull(),
    subject: d.text().notNull(),
    html: d.text().notNull(),
    text: d.text().notNull(),
    headers: d.json<Readonly<Record<string, string>>>().notNull(),
    arrivedAt: d.instant().notNull(),
  }, (t) => [d.uniqueIndex('mailbox_messages_key').on(t.messageKey)])

  return { messageContents, outboxBatches, outboxMessages, providerPaces, mailboxMessages }
}
