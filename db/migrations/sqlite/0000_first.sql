CREATE TABLE `cases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`court` text NOT NULL,
	`number` text NOT NULL,
	`number_key` text NOT NULL,
	`caption` text NOT NULL,
	`case_type` text NOT NULL,
	`filed_on` text,
	`status` text NOT NULL,
	`security` text NOT NULL,
	`judge` text,
	`last_activity_at` integer,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`court`) REFERENCES `courts`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "cases_status_known" CHECK("cases"."status" in ('open', 'closed')),
	CONSTRAINT "cases_security_known" CHECK("cases"."security" in ('public', 'confidential'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_court_number_key` ON `cases` (`court`,`number`);--> statement-breakpoint
CREATE INDEX `cases_number_key` ON `cases` (`number_key`);--> statement-breakpoint
CREATE INDEX `cases_court_filed` ON `cases` (`court`,`filed_on`,`id`);--> statement-breakpoint
CREATE INDEX `cases_type_filed` ON `cases` (`case_type`,`filed_on`,`id`);--> statement-breakpoint
CREATE INDEX `cases_filed` ON `cases` (`filed_on`,`id`);--> statement-breakpoint
CREATE TABLE `court_counties` (
	`court` text NOT NULL,
	`county` text NOT NULL,
	PRIMARY KEY(`court`, `county`),
	FOREIGN KEY (`court`) REFERENCES `courts`(`code`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `courts` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`short_name` text NOT NULL,
	`circuit` text,
	`time_zone` text NOT NULL,
	`is_taking_part` integer NOT NULL,
	`taking_part_since` text,
	`is_in_profile` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `courts_circuit` ON `courts` (`circuit`);--> statement-breakpoint
CREATE TABLE `digest_runs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`day` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer NOT NULL,
	`last_change_id` integer NOT NULL,
	`changes` integer NOT NULL,
	`notices` integer NOT NULL,
	`emails` integer NOT NULL,
	`texts` integer NOT NULL,
	`reminders` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `digest_runs_day` ON `digest_runs` (`day`);--> statement-breakpoint
CREATE TABLE `docket_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`case_id` integer NOT NULL,
	`entry_id` integer,
	`kind` text NOT NULL,
	`fields` text,
	`recorded_at` integer NOT NULL,
	`is_quiet` integer NOT NULL,
	`run_id` integer,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`entry_id`) REFERENCES `docket_entries`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`run_id`) REFERENCES `digest_runs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "docket_changes_kind_known" CHECK("docket_changes"."kind" in ('added', 'updated', 'voided', 'reopened')),
	CONSTRAINT "docket_changes_entry_known" CHECK(("docket_changes"."entry_id" is null) = ("docket_changes"."kind" = 'reopened')),
	CONSTRAINT "docket_changes_quiet_untaken" CHECK(not "docket_changes"."is_quiet" or "docket_changes"."run_id" is null)
);
--> statement-breakpoint
CREATE INDEX `docket_changes_untaken` ON `docket_changes` (`case_id`,`id`) WHERE "docket_changes"."run_id" is null and not "docket_changes"."is_quiet";--> statement-breakpoint
CREATE INDEX `docket_changes_run` ON `docket_changes` (`run_id`,`case_id`,`id`) WHERE "docket_changes"."run_id" is not null;--> statement-breakpoint
CREATE INDEX `docket_changes_entry` ON `docket_changes` (`entry_id`,`id`);--> statement-breakpoint
CREATE TABLE `docket_entries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`case_id` integer NOT NULL,
	`source_id` text NOT NULL,
	`entry_number` text,
	`filed_on` text NOT NULL,
	`filed_at` integer,
	`code` text,
	`description` text NOT NULL,
	`text` text NOT NULL,
	`status` text NOT NULL,
	`security` text NOT NULL,
	`last_activity_at` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "docket_entries_status_known" CHECK("docket_entries"."status" in ('active', 'voided')),
	CONSTRAINT "docket_entries_security_known" CHECK("docket_entries"."security" in ('public', 'confidential'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `docket_entries_case_source_key` ON `docket_entries` (`case_id`,`source_id`);--> statement-breakpoint
CREATE INDEX `docket_entries_case_filed` ON `docket_entries` (`case_id`,`filed_on`,`filed_at`,`id`);--> statement-breakpoint
CREATE TABLE `mailbox_messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`message_key` text NOT NULL,
	`sender` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`html` text NOT NULL,
	`text` text NOT NULL,
	`headers` text NOT NULL,
	`arrived_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mailbox_messages_key` ON `mailbox_messages` (`message_key`);--> statement-breakpoint
CREATE TABLE `message_contents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`run_id` integer,
	`case_id` integer,
	`first_change_id` integer,
	`payload` text NOT NULL,
	`withdrawn_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `digest_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `message_contents_run_case_change_key` ON `message_contents` (`run_id`,`case_id`,`first_change_id`);--> statement-breakpoint
CREATE INDEX `message_contents_case` ON `message_contents` (`case_id`);--> statement-breakpoint
CREATE TABLE `name_words` (
	`word` text NOT NULL,
	`case_id` integer NOT NULL,
	`ordinal` integer NOT NULL,
	PRIMARY KEY(`word`, `case_id`, `ordinal`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `name_words_case` ON `name_words` (`case_id`);--> statement-breakpoint
CREATE TABLE `outbox_batches` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`provider_key` text NOT NULL,
	`first_tried_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox_messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`dedupe_key` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`subscriber_id` integer NOT NULL,
	`subscription_id` integer,
	`content_id` integer NOT NULL,
	`run_id` integer,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`batch_id` integer,
	`leased_by` text,
	`leased_until` integer,
	`settled_at` integer,
	`provider_id` text,
	`reason` text,
	FOREIGN KEY (`subscriber_id`) REFERENCES `subscribers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`content_id`) REFERENCES `message_contents`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`run_id`) REFERENCES `digest_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`batch_id`) REFERENCES `outbox_batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "outbox_messages_kind_known" CHECK("outbox_messages"."kind" in ('notice', 'verification', 'report')),
	CONSTRAINT "outbox_messages_state_known" CHECK("outbox_messages"."state" in ('waiting', 'leased', 'sent', 'delivered', 'bounced', 'failed', 'cancelled', 'parked')),
	CONSTRAINT "outbox_messages_lease_complete" CHECK(("outbox_messages"."state" = 'leased') = ("outbox_messages"."leased_by" is not null) and ("outbox_messages"."leased_by" is null) = ("outbox_messages"."leased_until" is null)),
	CONSTRAINT "outbox_messages_notice_subscription" CHECK(("outbox_messages"."kind" = 'notice') = ("outbox_messages"."subscription_id" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_messages_dedupe_key` ON `outbox_messages` (`dedupe_key`);--> statement-breakpoint
CREATE INDEX `outbox_messages_notice_due` ON `outbox_messages` (`due_at`,`id`) WHERE "outbox_messages"."state" = 'waiting' and "outbox_messages"."kind" = 'notice';--> statement-breakpoint
CREATE INDEX `outbox_messages_asked_due` ON `outbox_messages` (`due_at`,`id`) WHERE "outbox_messages"."state" = 'waiting' and "outbox_messages"."kind" <> 'notice';--> statement-breakpoint
CREATE INDEX `outbox_messages_leased` ON `outbox_messages` (`leased_until`) WHERE "outbox_messages"."state" = 'leased';--> statement-breakpoint
CREATE INDEX `outbox_messages_asked_subscriber` ON `outbox_messages` (`subscriber_id`,`created_at`) WHERE "outbox_messages"."kind" <> 'notice';--> statement-breakpoint
CREATE INDEX `outbox_messages_batch` ON `outbox_messages` (`batch_id`) WHERE "outbox_messages"."batch_id" is not null and "outbox_messages"."state" in ('waiting', 'leased');--> statement-breakpoint
CREATE INDEX `outbox_messages_trouble` ON `outbox_messages` (`state`,`id`) WHERE "outbox_messages"."state" in ('failed', 'parked', 'bounced');--> statement-breakpoint
CREATE TABLE `parties` (
	`case_id` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`attorney` text,
	PRIMARY KEY(`case_id`, `ordinal`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `report_requests` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subscriber_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`subscriber_id`) REFERENCES `subscribers`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `report_requests_subscriber` ON `report_requests` (`subscriber_id`);--> statement-breakpoint
CREATE TABLE `scheduled_events` (
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
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "scheduled_events_status_known" CHECK("scheduled_events"."status" in ('scheduled', 'cancelled')),
	CONSTRAINT "scheduled_events_security_known" CHECK("scheduled_events"."security" in ('public', 'confidential'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `scheduled_events_case_source_key` ON `scheduled_events` (`case_id`,`source_id`);--> statement-breakpoint
CREATE INDEX `scheduled_events_case_start` ON `scheduled_events` (`case_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `scheduled_events_start` ON `scheduled_events` (`starts_at`);--> statement-breakpoint
CREATE TABLE `scheduled_payments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`case_id` integer NOT NULL,
	`plan` text NOT NULL,
	`due_on` text NOT NULL,
	`person` text NOT NULL,
	`amount_due_cents` integer NOT NULL,
	`past_due_cents` integer NOT NULL,
	`status` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`last_activity_at` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "scheduled_payments_status_known" CHECK("scheduled_payments"."status" in ('due', 'paid', 'cancelled')),
	CONSTRAINT "scheduled_payments_amounts" CHECK("scheduled_payments"."amount_due_cents" >= 0 and "scheduled_payments"."past_due_cents" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `scheduled_payments_case_plan_due_key` ON `scheduled_payments` (`case_id`,`plan`,`due_on`);--> statement-breakpoint
CREATE INDEX `scheduled_payments_due` ON `scheduled_payments` (`due_on`);--> statement-breakpoint
CREATE TABLE `subscribers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`confirmed_at` integer,
	`suppressed_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscribers_email_key` ON `subscribers` (`email_key`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subscriber_id` integer NOT NULL,
	`case_id` integer NOT NULL,
	`email_state` text NOT NULL,
	`text_state` text NOT NULL,
	`phone` text,
	`carrier` text,
	`event_ten_days` integer NOT NULL,
	`event_two_days` integer NOT NULL,
	`payment_two_days` integer NOT NULL,
	`email_active_after` integer,
	`text_active_after` integer,
	`link_version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`email_active_at` integer,
	`stopped_at` integer,
	FOREIGN KEY (`subscriber_id`) REFERENCES `subscribers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "subscriptions_email_state_known" CHECK("subscriptions"."email_state" in ('pending', 'active', 'paused', 'stopped')),
	CONSTRAINT "subscriptions_text_state_known" CHECK("subscriptions"."text_state" in ('none', 'pending', 'active', 'stopped')),
	CONSTRAINT "subscriptions_active_after" CHECK("subscriptions"."email_state" <> 'active' or "subscriptions"."email_active_after" is not null),
	CONSTRAINT "subscriptions_text_active_after" CHECK("subscriptions"."text_state" <> 'active' or "subscriptions"."text_active_after" is not null),
	CONSTRAINT "subscriptions_text_has_phone" CHECK("subscriptions"."text_state" not in ('pending', 'active') or "subscriptions"."phone" is not null)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_subscriber_case_key` ON `subscriptions` (`subscriber_id`,`case_id`);--> statement-breakpoint
CREATE INDEX `subscriptions_case_active` ON `subscriptions` (`case_id`,`email_active_after`,`id`) WHERE "subscriptions"."email_state" = 'active';--> statement-breakpoint
CREATE TABLE `tracking_requests` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subscriber_id` integer NOT NULL,
	`case_id` integer NOT NULL,
	`phone` text,
	`carrier` text,
	`event_ten_days` integer NOT NULL,
	`event_two_days` integer NOT NULL,
	`payment_two_days` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`confirmed_at` integer,
	`withdrawn_at` integer,
	FOREIGN KEY (`subscriber_id`) REFERENCES `subscribers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "tracking_requests_one_end" CHECK("tracking_requests"."confirmed_at" is null or "tracking_requests"."withdrawn_at" is null)
);
--> statement-breakpoint
CREATE INDEX `tracking_requests_pending` ON `tracking_requests` (`subscriber_id`,`id`) WHERE "tracking_requests"."confirmed_at" is null and "tracking_requests"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX `tracking_requests_subscriber_case` ON `tracking_requests` (`subscriber_id`,`case_id`);--> statement-breakpoint
CREATE TABLE `used_captchas` (
	`answer` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `used_captchas_expiry` ON `used_captchas` (`expires_at`);