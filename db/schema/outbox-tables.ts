import { sql } from 'drizzle-orm'
import { channels, emailKinds, messageKinds, messageStates, outageKinds, textKinds } from '../../server/contract/vocabulary.ts'
import { isOneOf, type Dialect } from '../columns.ts'
import type { DocketTables } from './docket-tables.ts'
import type { TrackingTables } from './tracking-tables.ts'

/** What must leave, what was said in it, and what became of it (docs/architecture.md, the outbox). */
export function outboxTables(d: Dialect, { cases, digestRuns }: DocketTables, { phones, subscribers, subscriptions }: TrackingTables) {
  /** What a message says, frozen when its fact was recorded. Many messages may point to one. */
  const messageContents = d.table('message_contents', {
    id: d.serial(),
    /** The evening that owes it; null for what is owed at once. */
    runId: d.integer().references(() => digestRuns.id),
    caseId: d.integer().references(() => cases.id, { onDelete: 'cascade' }),
    /** The first change it tells: subscriptions that became active in between are told fewer. */
    firstChangeId: d.integer(),
    /** The last change before the pause that it tells in short (G4); null where it tells of none. */
    missedAfter: d.integer(),
    /** What else it tells than the changes of its case since the first: events, payments, or by text. Empty: nothing else. */
    variant: d.text().notNull().default(''),
    /** The properties of its e-mail template (`server/domain/outbox/message-content.ts`). */
    payload: d.json<unknown>().notNull(),
    /** When what it says may no longer be said (F8, A9): its messages do not leave. */
    withdrawnAt: d.instant(),
    createdAt: d.instant().notNull(),
  }, (t) => [
    d.uniqueIndex('message_contents_run_case_change_key').on(t.runId, t.caseId, t.firstChangeId).where(sql`${t.variant} = ''`),
    d.uniqueIndex('message_contents_run_case_variant_key').on(t.runId, t.caseId, t.variant).where(sql`${t.variant} <> ''`),
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
    /** Whom an e-mail goes to. */
    subscriberId: d.integer().references(() => subscribers.id, { onDelete: 'cascade' }),
    /** What a text goes to. */
    phoneId: d.integer().references(() => phones.id),
    /** The subscription that it is owed, whose stop links it bears; null for what speaks of none or of several. */
    subscriptionId: d.integer().references(() => subscriptions.id, { onDelete: 'cascade' }),
    contentId: d.integer().notNull().references(() => messageContents.id, { onDelete: 'cascade' }),
    runId: d.integer().references(() => digestRuns.id),
    createdAt: d.instant().notNull(),
    /** When it may leave. Mostly 1970 of what was sent, which takes no room in SQLite. */
    dueAt: d.instant().notNull(),
    attempts: d.integer().notNull(),
    /** How often it was taken and came back for the time being. */
    softBounces: d.integer().notNull().default(0),
    /** It carries a file, which providers take in a request of its own only (F10). */
    isAlone: d.boolean().notNull().default(false),
    batchId: d.integer().references(() => outboxBatches.id),
    leasedBy: d.text(),
    leasedUntil: d.instant(),
    settledAt: d.instant(),
    providerId: d.text(),
    /** Why it failed, waits again, was cancelled or parked, for an operator; holds no address. */
    reason: d.text(),
  }, (t) => [
    d.uniqueIndex('outbox_messages_dedupe_key').on(t.dedupeKey),
    // What a person waits for leaves before notices, and texts have lanes of their own; an index for each keeps a lease one look-up.
    d.index('outbox_messages_notice_due').on(t.dueAt, t.id).where(sql`${t.state} = 'waiting' and ${t.kind} in ('notice', 'digest', 'candidates')`),
    d.index('outbox_messages_asked_due').on(t.dueAt, t.id).where(sql`${t.state} = 'waiting' and ${t.kind} in ('verification', 'report', 'account')`),
    d.index('outbox_messages_text_due').on(t.dueAt, t.id).where(sql`${t.state} = 'waiting' and ${t.kind} = 'text'`),
    d.index('outbox_messages_asked_text_due').on(t.dueAt, t.id)
      .where(sql`${t.state} = 'waiting' and ${t.kind} in ('textVerification', 'textAnswer')`),
    d.index('outbox_messages_leased').on(t.leasedUntil).where(sql`${t.state} = 'leased'`),
    d.index('outbox_messages_asked_subscriber').on(t.subscriberId, t.createdAt).where(sql`${t.kind} in ('verification', 'report', 'account')`),
    // What was sent to an address and belongs to no one subscription, newest first (G3).
    d.index('outbox_messages_gathered_subscriber').on(t.subscriberId, t.id).where(sql`${t.kind} in ('digest', 'candidates')`),
    d.index('outbox_messages_asked_phone').on(t.phoneId, t.createdAt).where(sql`${t.kind} in ('textVerification', 'textAnswer')`),
    d.index('outbox_messages_batch').on(t.batchId).where(sql`${t.batchId} is not null and ${t.state} in ('waiting', 'leased')`),
    // For what goes with a case that is expunged or becomes one with another (A9), and what is withdrawn with an entry.
    d.index('outbox_messages_subscription').on(t.subscriptionId).where(sql`${t.subscriptionId} is not null`),
    d.index('outbox_messages_content').on(t.contentId),
    d.index('outbox_messages_trouble').on(t.state, t.id).where(sql`${t.state} in ('failed', 'parked', 'bounced')`),
    d.check('outbox_messages_kind_known', isOneOf(t.kind, messageKinds)),
    d.check('outbox_messages_state_known', isOneOf(t.state, messageStates)),
    d.check('outbox_messages_lease_complete', sql`(${t.state} = 'leased') = (${t.leasedBy} is not null) and (${t.leasedBy} is null) = (${t.leasedUntil} is null)`),
    d.check('outbox_messages_subscription', sql`(${t.kind} in ('notice', 'text', 'textVerification')) = (${t.subscriptionId} is not null)`),
    d.check('outbox_messages_one_recipient', sql`(${t.subscriberId} is not null) = (${isOneOf(t.kind, emailKinds)}) and (${t.phoneId} is not null) = (${isOneOf(t.kind, textKinds)})`),
  ])

  /** What one e-mail for several cases tells of each (F2): its one-click stop stops all of them. */
  const bundledNotices = d.table('bundled_notices', {
    messageId: d.integer().notNull().references(() => outboxMessages.id, { onDelete: 'cascade' }),
    subscriptionId: d.integer().notNull().references(() => subscriptions.id, { onDelete: 'cascade' }),
    contentId: d.integer().notNull().references(() => messageContents.id, { onDelete: 'cascade' }),
  }, (t) => [
    d.primaryKey(t.messageId, t.subscriptionId),
    d.index('bundled_notices_subscription').on(t.subscriptionId),
    d.index('bundled_notices_content').on(t.contentId),
  ])

  /** The slots of a provider that takes so many requests a second, for all processes together. Instants by the clock of the database. */
  const providerPaces = d.table('provider_paces', {
    provider: d.key(),
    /** When the next free slot begins. */
    nextAt: d.instant().notNull(),
    /** Until when the provider asked for quiet … */
    heldUntil: d.instant().notNull(),
    /** … and when it did. */
    heldAt: d.instant(),
    /** How much longer than a second its requests of a second are spread, in milliseconds. */
    marginMs: d.integer().notNull(),
  }, (t) => [d.check('provider_paces_margin', sql`${t.marginMs} >= 0`)])

  /** What the local mailbox transport received, for `/mailbox`. */
  const mailboxMessages = d.table('mailbox_messages', {
    id: d.serial(),
    channel: d.oneOf(channels).notNull().default('email'),
    messageKey: d.text().notNull(),
    sender: d.text().notNull(),
    recipient: d.text().notNull(),
    subject: d.text().notNull(),
    html: d.text().notNull(),
    text: d.text().notNull(),
    headers: d.json<Readonly<Record<string, string>>>().notNull(),
    attachments: d.json<readonly { readonly filename: string; readonly contentType: string; readonly content: string }[]>(),
    arrivedAt: d.instant().notNull(),
  }, (t) => [
    d.uniqueIndex('mailbox_messages_key').on(t.messageKey),
    d.check('mailbox_messages_channel_known', isOneOf(t.channel, channels)),
  ])

  /** Outages, announced and noticed (I6). */
  const outages = d.table('outages', {
    id: d.serial(),
    kind: d.oneOf(outageKinds).notNull(),
    startsAt: d.instant().notNull(),
    /** Null: its end is not known yet. */
    endsAt: d.instant(),
    /** One plain sentence. */
    what: d.text().notNull(),
    announcedAt: d.instant().notNull(),
    /** Names what the service noticed by itself, so that it is entered once; null where a person announced it. */
    factKey: d.text(),
  }, (t) => [
    d.uniqueIndex('outages_fact_key').on(t.factKey),
    d.index('outages_start').on(t.startsAt),
    d.check('outages_kind_known', isOneOf(t.kind, outageKinds)),
    d.check('outages_order', sql`${t.endsAt} is null or ${t.endsAt} >= ${t.startsAt}`),
  ])

  return { messageContents, outboxBatches, outboxMessages, bundledNotices, providerPaces, mailboxMessages, outages }
}
