CREATE TABLE `former_case_numbers` (
	`court` text NOT NULL,
	`number` text NOT NULL,
	`number_key` text NOT NULL,
	`case_id` integer NOT NULL,
	`renumbered_at` integer NOT NULL,
	PRIMARY KEY(`court`, `number`),
	FOREIGN KEY (`court`) REFERENCES `courts`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `former_case_numbers_key` ON `former_case_numbers` (`number_key`);--> statement-breakpoint
CREATE INDEX `former_case_numbers_case` ON `former_case_numbers` (`case_id`);--> statement-breakpoint
CREATE TABLE `former_subscriptions` (
	`id` integer PRIMARY KEY NOT NULL,
	`subscription_id` integer NOT NULL,
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `former_subscriptions_now` ON `former_subscriptions` (`subscription_id`);--> statement-breakpoint
CREATE TABLE `history_imports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`imported_at` integer NOT NULL,
	`way` text NOT NULL,
	`accepted` integer NOT NULL,
	`changes` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer,
	`what` text NOT NULL,
	`announced_at` integer NOT NULL,
	`fact_key` text,
	CONSTRAINT "outages_kind_known" CHECK("outages"."kind" in ('planned', 'unplanned', 'missedEvening', 'database')),
	CONSTRAINT "outages_order" CHECK("outages"."ends_at" is null or "outages"."ends_at" >= "outages"."starts_at")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outages_fact_key` ON `outages` (`fact_key`);--> statement-breakpoint
CREATE INDEX `outages_start` ON `outages` (`starts_at`);--> statement-breakpoint
CREATE TABLE `phone_verifications` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subscription_id` integer NOT NULL,
	`subscriber_id` integer NOT NULL,
	`phone_id` integer NOT NULL,
	`carrier` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`confirmed_at` integer,
	`withdrawn_at` integer,
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`subscriber_id`) REFERENCES `subscribers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`phone_id`) REFERENCES `phones`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "phone_verifications_one_end" CHECK("phone_verifications"."confirmed_at" is null or "phone_verifications"."withdrawn_at" is null)
);
--> statement-breakpoint
CREATE INDEX `phone_verifications_subscriber` ON `phone_verifications` (`subscriber_id`,`phone_id`,`id`);--> statement-breakpoint
CREATE INDEX `phone_verifications_subscription` ON `phone_verifications` (`subscription_id`);--> statement-breakpoint
CREATE TABLE `phones` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`number` text NOT NULL,
	`carrier` text,
	`stopped_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `phones_number_key` ON `phones` (`number`);--> statement-breakpoint
CREATE TABLE `taken_deliveries` (
	`key` text PRIMARY KEY NOT NULL,
	`taken_at` integer NOT NULL,
	`report` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `text_replies` (
	`provider_id` text PRIMARY KEY NOT NULL,
	`phone_id` integer NOT NULL,
	`word` text NOT NULL,
	`replied_at` integer NOT NULL,
	FOREIGN KEY (`phone_id`) REFERENCES `phones`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "text_replies_word_known" CHECK("text_replies"."word" in ('stop', 'start', 'help'))
);
--> statement-breakpoint
CREATE TABLE `told_events` (
	`subscription_id` integer NOT NULL,
	`event_id` integer NOT NULL,
	`starts_at` integer NOT NULL,
	`lead_days` integer NOT NULL,
	`run_id` integer NOT NULL,
	PRIMARY KEY(`event_id`, `starts_at`, `lead_days`, `subscription_id`),
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`event_id`) REFERENCES `scheduled_events`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`run_id`) REFERENCES `digest_runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `told_events_subscription` ON `told_events` (`subscription_id`);--> statement-breakpoint
CREATE TABLE `told_payments` (
	`subscription_id` integer NOT NULL,
	`payment_id` integer NOT NULL,
	`amount_due_cents` integer NOT NULL,
	`past_due_cents` integer NOT NULL,
	`run_id` integer NOT NULL,
	PRIMARY KEY(`payment_id`, `subscription_id`),
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`payment_id`) REFERENCES `scheduled_payments`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`run_id`) REFERENCES `digest_runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `told_payments_subscription` ON `told_payments` (`subscription_id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_docket_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`case_id` integer NOT NULL,
	`entry_id` integer,
	`event_id` integer,
	`kind` text NOT NULL,
	`fields` text,
	`recorded_at` integer NOT NULL,
	`is_quiet` integer NOT NULL,
	`run_id` integer,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`entry_id`) REFERENCES `docket_entries`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`event_id`) REFERENCES `scheduled_events`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`run_id`) REFERENCES `digest_runs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "docket_changes_kind_known" CHECK("__new_docket_changes"."kind" in ('added', 'updated', 'voided', 'reopened', 'rescheduled')),
	CONSTRAINT "docket_changes_entry_known" CHECK(("__new_docket_changes"."entry_id" is null) = ("__new_docket_changes"."kind" in ('reopened', 'rescheduled'))),
	CONSTRAINT "docket_changes_event_known" CHECK(("__new_docket_changes"."event_id" is null) = ("__new_docket_changes"."kind" <> 'rescheduled')),
	CONSTRAINT "docket_changes_quiet_untaken" CHECK(not "__new_docket_changes"."is_quiet" or "__new_docket_changes"."run_id" is null)
);
--> statement-breakpoint
INSERT INTO `__new_docket_changes`("id", "case_id", "entry_id", "event_id", "kind", "fields", "recorded_at", "is_quiet", "run_id") SELECT "id", "case_id", "entry_id", NULL, "kind", "fields", "recorded_at", "is_quiet", "run_id" FROM `docket_changes`;--> statement-breakpoint
DROP TABLE `docket_changes`;--> statement-breakpoint
ALTER TABLE `__new_docket_changes` RENAME TO `docket_changes`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `docket_changes_untaken` ON `docket_changes` (`case_id`,`id`) WHERE "docket_changes"."run_id" is null and not "docket_changes"."is_quiet";--> statement-breakpoint
CREATE INDEX `docket_changes_run` ON `docket_changes` (`run_id`,`case_id`,`id`) WHERE "docket_changes"."run_id" is not null;--> statement-breakpoint
CREATE INDEX `docket_changes_entry` ON `docket_changes` (`entry_id`,`id`);--> statement-breakpoint
CREATE INDEX `docket_changes_event` ON `docket_changes` (`event_id`,`id`) WHERE "docket_changes"."event_id" is not null;--> statement-breakpoint
CREATE TABLE `__new_outbox_messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`dedupe_key` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`subscriber_id` integer,
	`phone_id` integer,
	`subscription_id` integer,
	`content_id` integer NOT NULL,
	`run_id` integer,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`is_alone` integer DEFAULT false NOT NULL,
	`batch_id` integer,
	`leased_by` text,
	`leased_until` integer,
	`settled_at` integer,
	`provider_id` text,
	`reason` text,
	FOREIGN KEY (`subscriber_id`) REFERENCES `subscribers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`phone_id`) REFERENCES `phones`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`content_id`) REFERENCES `message_contents`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`run_id`) REFERENCES `digest_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`batch_id`) REFERENCES `outbox_batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "outbox_messages_kind_known" CHECK("__new_outbox_messages"."kind" in ('notice', 'verification', 'report', 'text', 'textVerification', 'textAnswer')),
	CONSTRAINT "outbox_messages_state_known" CHECK("__new_outbox_messages"."state" in ('waiting', 'leased', 'sent', 'delivered', 'bounced', 'failed', 'cancelled', 'parked')),
	CONSTRAINT "outbox_messages_lease_complete" CHECK(("__new_outbox_messages"."state" = 'leased') = ("__new_outbox_messages"."leased_by" is not null) and ("__new_outbox_messages"."leased_by" is null) = ("__new_outbox_messages"."leased_until" is null)),
	CONSTRAINT "outbox_messages_subscription" CHECK(("__new_outbox_messages"."kind" in ('notice', 'text', 'textVerification')) = ("__new_outbox_messages"."subscription_id" is not null)),
	CONSTRAINT "outbox_messages_one_recipient" CHECK(("__new_outbox_messages"."subscriber_id" is not null) = ("__new_outbox_messages"."kind" in ('notice', 'verification', 'report')) and ("__new_outbox_messages"."phone_id" is not null) = ("__new_outbox_messages"."kind" in ('text', 'textVerification', 'textAnswer')))
);
--> statement-breakpoint
INSERT INTO `__new_outbox_messages`("id", "dedupe_key", "kind", "state", "subscriber_id", "phone_id", "subscription_id", "content_id", "run_id", "created_at", "due_at", "attempts", "is_alone", "batch_id", "leased_by", "leased_until", "settled_at", "provider_id", "reason") SELECT "id", "dedupe_key", "kind", "state", "subscriber_id", NULL, "subscription_id", "content_id", "run_id", "created_at", "due_at", "attempts", 0, "batch_id", "leased_by", "leased_until", "settled_at", "provider_id", "reason" FROM `outbox_messages`;--> statement-breakpoint
DROP TABLE `outbox_messages`;--> statement-breakpoint
ALTER TABLE `__new_outbox_messages` RENAME TO `outbox_messages`;--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_messages_dedupe_key` ON `outbox_messages` (`dedupe_key`);--> statement-breakpoint
CREATE INDEX `outbox_messages_notice_due` ON `outbox_messages` (`due_at`,`id`) WHERE "outbox_messages"."state" = 'waiting' and "outbox_messages"."kind" = 'notice';--> statement-breakpoint
CREATE INDEX `outbox_messages_asked_due` ON `outbox_messages` (`due_at`,`id`) WHERE "outbox_messages"."state" = 'waiting' and "outbox_messages"."kind" in ('verification', 'report');--> statement-breakpoint
CREATE INDEX `outbox_messages_text_due` ON `outbox_messages` (`due_at`,`id`) WHERE "outbox_messages"."state" = 'waiting' and "outbox_messages"."kind" = 'text';--> statement-breakpoint
CREATE INDEX `outbox_messages_asked_text_due` ON `outbox_messages` (`due_at`,`id`) WHERE "outbox_messages"."state" = 'waiting' and "outbox_messages"."kind" in ('textVerification', 'textAnswer');--> statement-breakpoint
CREATE INDEX `outbox_messages_leased` ON `outbox_messages` (`leased_until`) WHERE "outbox_messages"."state" = 'leased';--> statement-breakpoint
CREATE INDEX `outbox_messages_asked_subscriber` ON `outbox_messages` (`subscriber_id`,`created_at`) WHERE "outbox_messages"."kind" in ('verification', 'report');--> statement-breakpoint
CREATE INDEX `outbox_messages_asked_phone` ON `outbox_messages` (`phone_id`,`created_at`) WHERE "outbox_messages"."kind" in ('textVerification', 'textAnswer');--> statement-breakpoint
CREATE INDEX `outbox_messages_batch` ON `outbox_messages` (`batch_id`) WHERE "outbox_messages"."batch_id" is not null and "outbox_messages"."state" in ('waiting', 'leased');--> statement-breakpoint
CREATE INDEX `outbox_messages_trouble` ON `outbox_messages` (`state`,`id`) WHERE "outbox_messages"."state" in ('failed', 'parked', 'bounced');--> statement-breakpoint
CREATE TABLE `__new_subscriptions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subscriber_id` integer NOT NULL,
	`case_id` integer NOT NULL,
	`email_state` text NOT NULL,
	`text_state` text NOT NULL,
	`phone_id` integer,
	`pending_phone_id` integer,
	`event_ten_days` integer NOT NULL,
	`event_two_days` integer NOT NULL,
	`payment_two_days` integer NOT NULL,
	`options_at` integer,
	`email_active_after` integer,
	`text_active_after` integer,
	`link_version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`email_active_at` integer,
	`stopped_at` integer,
	FOREIGN KEY (`subscriber_id`) REFERENCES `subscribers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`phone_id`) REFERENCES `phones`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pending_phone_id`) REFERENCES `phones`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "subscriptions_email_state_known" CHECK("__new_subscriptions"."email_state" in ('pending', 'active', 'paused', 'stopped')),
	CONSTRAINT "subscriptions_text_state_known" CHECK("__new_subscriptions"."text_state" in ('none', 'pending', 'active', 'stopped')),
	CONSTRAINT "subscriptions_active_after" CHECK("__new_subscriptions"."email_state" <> 'active' or "__new_subscriptions"."email_active_after" is not null),
	CONSTRAINT "subscriptions_text_active_after" CHECK("__new_subscriptions"."text_state" <> 'active' or "__new_subscriptions"."text_active_after" is not null),
	CONSTRAINT "subscriptions_text_has_phone" CHECK("__new_subscriptions"."text_state" <> 'active' or "__new_subscriptions"."phone_id" is not null),
	CONSTRAINT "subscriptions_text_awaits_phone" CHECK("__new_subscriptions"."text_state" <> 'pending' or "__new_subscriptions"."pending_phone_id" is not null)
);
--> statement-breakpoint
INSERT INTO `__new_subscriptions`("id", "subscriber_id", "case_id", "email_state", "text_state", "phone_id", "pending_phone_id", "event_ten_days", "event_two_days", "payment_two_days", "options_at", "email_active_after", "text_active_after", "link_version", "created_at", "email_active_at", "stopped_at") SELECT "id", "subscriber_id", "case_id", "email_state", CASE WHEN "text_state" IN ('pending', 'active') THEN 'none' ELSE "text_state" END, NULL, NULL, "event_ten_days", "event_two_days", "payment_two_days", "email_active_at", "email_active_after", "text_active_after", "link_version", "created_at", "email_active_at", "stopped_at" FROM `subscriptions`;--> statement-breakpoint
DROP TABLE `subscriptions`;--> statement-breakpoint
ALTER TABLE `__new_subscriptions` RENAME TO `subscriptions`;--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_subscriber_case_key` ON `subscriptions` (`subscriber_id`,`case_id`);--> statement-breakpoint
CREATE INDEX `subscriptions_case_active` ON `subscriptions` (`case_id`,`email_active_after`,`id`) WHERE "subscriptions"."email_state" = 'active';--> statement-breakpoint
CREATE INDEX `subscriptions_case_texted` ON `subscriptions` (`case_id`,`phone_id`,`text_active_after`) WHERE "subscriptions"."text_state" = 'active';--> statement-breakpoint
DROP INDEX `message_contents_run_case_change_key`;--> statement-breakpoint
ALTER TABLE `message_contents` ADD `variant` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `message_contents_run_case_variant_key` ON `message_contents` (`run_id`,`case_id`,`variant`) WHERE "message_contents"."variant" <> '';--> statement-breakpoint
CREATE UNIQUE INDEX `message_contents_run_case_change_key` ON `message_contents` (`run_id`,`case_id`,`first_change_id`) WHERE "message_contents"."variant" = '';--> statement-breakpoint
ALTER TABLE `digest_runs` ADD `reminders_through` text;--> statement-breakpoint
CREATE TABLE `__new_mailbox_messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`channel` text DEFAULT 'email' NOT NULL,
	`message_key` text NOT NULL,
	`sender` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`html` text NOT NULL,
	`text` text NOT NULL,
	`headers` text NOT NULL,
	`attachments` text,
	`arrived_at` integer NOT NULL,
	CONSTRAINT "mailbox_messages_channel_known" CHECK("__new_mailbox_messages"."channel" in ('email', 'text'))
);
--> statement-breakpoint
INSERT INTO `__new_mailbox_messages`("id", "channel", "message_key", "sender", "recipient", "subject", "html", "text", "headers", "attachments", "arrived_at") SELECT "id", 'email', "message_key", "sender", "recipient", "subject", "html", "text", "headers", NULL, "arrived_at" FROM `mailbox_messages`;--> statement-breakpoint
DROP TABLE `mailbox_messages`;--> statement-breakpoint
ALTER TABLE `__new_mailbox_messages` RENAME TO `mailbox_messages`;--> statement-breakpoint
CREATE UNIQUE INDEX `mailbox_messages_key` ON `mailbox_messages` (`message_key`);--> statement-breakpoint
CREATE TABLE `__new_scheduled_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`case_id` integer NOT NULL,
	`source_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer,
	`kind` text NOT NULL,
	`place` text,
	`judge` text,
	`status` text NOT NULL,
	`security` text NOT NULL,
	`sequence` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`last_activity_at` integer NOT NULL,
	`start_recorded_at` integer NOT NULL,
	`is_start_untaken` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "scheduled_events_status_known" CHECK("__new_scheduled_events"."status" in ('scheduled', 'cancelled')),
	CONSTRAINT "scheduled_events_security_known" CHECK("__new_scheduled_events"."security" in ('public', 'confidential'))
);
--> statement-breakpoint
INSERT INTO `__new_scheduled_events` SELECT "id", "case_id", "source_id", "starts_at", "ends_at", "kind", "place", "judge", "status", "security", "sequence", "recorded_at", "last_activity_at", "recorded_at", 0 FROM `scheduled_events`;--> statement-breakpoint
DROP TABLE `scheduled_events`;--> statement-breakpoint
ALTER TABLE `__new_scheduled_events` RENAME TO `scheduled_events`;--> statement-breakpoint
CREATE UNIQUE INDEX `scheduled_events_case_source_key` ON `scheduled_events` (`case_id`,`source_id`);--> statement-breakpoint
CREATE INDEX `scheduled_events_case_start` ON `scheduled_events` (`case_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `scheduled_events_start` ON `scheduled_events` (`starts_at`);--> statement-breakpoint
CREATE INDEX `scheduled_events_untaken` ON `scheduled_events` (`id`) WHERE "scheduled_events"."is_start_untaken";--> statement-breakpoint
ALTER TABLE `scheduled_payments` ADD `is_untaken` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `scheduled_payments_untaken` ON `scheduled_payments` (`id`) WHERE "scheduled_payments"."is_untaken";--> statement-breakpoint
ALTER TABLE `tracking_requests` ADD `is_change` integer DEFAULT false NOT NULL;