CREATE TABLE `account_credentials` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_credentials_user_provider_key` ON `account_credentials` (`user_id`,`provider_id`);--> statement-breakpoint
CREATE TABLE `account_requests` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`subscriber_id` integer NOT NULL,
	`account_id` integer,
	`password_hash` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`withdrawn_at` integer,
	FOREIGN KEY (`subscriber_id`) REFERENCES `subscribers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "account_requests_kind_known" CHECK("account_requests"."kind" in ('register', 'resetPassword', 'changeAddress')),
	CONSTRAINT "account_requests_one_end" CHECK("account_requests"."used_at" is null or "account_requests"."withdrawn_at" is null),
	CONSTRAINT "account_requests_account" CHECK(("account_requests"."kind" = 'register') = ("account_requests"."account_id" is null))
);
--> statement-breakpoint
CREATE INDEX `account_requests_subscriber` ON `account_requests` (`subscriber_id`,`id`);--> statement-breakpoint
CREATE INDEX `account_requests_account` ON `account_requests` (`account_id`);--> statement-breakpoint
CREATE TABLE `account_sessions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`token` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_sessions_token_key` ON `account_sessions` (`token`);--> statement-breakpoint
CREATE INDEX `account_sessions_user` ON `account_sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer NOT NULL,
	`name` text DEFAULT '' NOT NULL,
	`image` text,
	`kind` text DEFAULT 'public' NOT NULL,
	`is_operator` integer DEFAULT false NOT NULL,
	`mailing_address` text,
	`bar_number` text,
	`subscriber_id` integer NOT NULL,
	`seen_change_id` integer DEFAULT 0 NOT NULL,
	`has_calendar` integer DEFAULT false NOT NULL,
	`calendar_version` integer DEFAULT 0 NOT NULL,
	`has_atom` integer DEFAULT false NOT NULL,
	`atom_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`subscriber_id`) REFERENCES `subscribers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "accounts_kind_known" CHECK("accounts"."kind" in ('public', 'registered'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_email_key` ON `accounts` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_subscriber_key` ON `accounts` (`subscriber_id`);--> statement-breakpoint
CREATE TABLE `bundled_notices` (
	`message_id` integer NOT NULL,
	`subscription_id` integer NOT NULL,
	`content_id` integer NOT NULL,
	PRIMARY KEY(`message_id`, `subscription_id`),
	FOREIGN KEY (`message_id`) REFERENCES `outbox_messages`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`content_id`) REFERENCES `message_contents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `bundled_notices_subscription` ON `bundled_notices` (`subscription_id`);--> statement-breakpoint
CREATE INDEX `bundled_notices_content` ON `bundled_notices` (`content_id`);--> statement-breakpoint
CREATE TABLE `former_subscribers` (
	`id` integer PRIMARY KEY NOT NULL,
	`subscriber_id` integer NOT NULL,
	FOREIGN KEY (`subscriber_id`) REFERENCES `subscribers`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `former_subscribers_subscriber` ON `former_subscribers` (`subscriber_id`);--> statement-breakpoint
CREATE TABLE `rate_limits` (
	`key` text PRIMARY KEY NOT NULL,
	`points` integer NOT NULL,
	`expires_at` integer
);
--> statement-breakpoint
CREATE INDEX `rate_limits_expiry` ON `rate_limits` (`expires_at`);--> statement-breakpoint
CREATE TABLE `saved_searches` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`name` text NOT NULL,
	`search` text NOT NULL,
	`is_watched` integer NOT NULL,
	`seen_case_id` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "saved_searches_seen" CHECK(not "saved_searches"."is_watched" or "saved_searches"."seen_case_id" is not null)
);
--> statement-breakpoint
CREATE INDEX `saved_searches_account` ON `saved_searches` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `saved_searches_watched` ON `saved_searches` (`id`) WHERE "saved_searches"."is_watched";--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
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
	CONSTRAINT "outbox_messages_kind_known" CHECK("__new_outbox_messages"."kind" in ('notice', 'digest', 'candidates', 'verification', 'report', 'account', 'text', 'textVerification', 'textAnswer')),
	CONSTRAINT "outbox_messages_state_known" CHECK("__new_outbox_messages"."state" in ('waiting', 'leased', 'sent', 'delivered', 'bounced', 'failed', 'cancelled', 'parked')),
	CONSTRAINT "outbox_messages_lease_complete" CHECK(("__new_outbox_messages"."state" = 'leased') = ("__new_outbox_messages"."leased_by" is not null) and ("__new_outbox_messages"."leased_by" is null) = ("__new_outbox_messages"."leased_until" is null)),
	CONSTRAINT "outbox_messages_subscription" CHECK(("__new_outbox_messages"."kind" in ('notice', 'text', 'textVerification')) = ("__new_outbox_messages"."subscription_id" is not null)),
	CONSTRAINT "outbox_messages_one_recipient" CHECK(("__new_outbox_messages"."subscriber_id" is not null) = ("__new_outbox_messages"."kind" in ('notice', 'digest', 'candidates', 'verification', 'report', 'account')) and ("__new_outbox_messages"."phone_id" is not null) = ("__new_outbox_messages"."kind" in ('text', 'textVerification', 'textAnswer')))
);
--> statement-breakpoint
INSERT INTO `__new_outbox_messages`("id", "dedupe_key", "kind", "state", "subscriber_id", "phone_id", "subscription_id", "content_id", "run_id", "created_at", "due_at", "attempts", "is_alone", "batch_id", "leased_by", "leased_until", "settled_at", "provider_id", "reason") SELECT "id", "dedupe_key", "kind", "state", "subscriber_id", "phone_id", "subscription_id", "content_id", "run_id", "created_at", "due_at", "attempts", "is_alone", "batch_id", "leased_by", "leased_until", "settled_at", "provider_id", "reason" FROM `outbox_messages`;--> statement-breakpoint
DELETE FROM sqlite_sequence WHERE name = '__new_outbox_messages';--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_outbox_messages', seq FROM sqlite_sequence WHERE name = 'outbox_messages';--> statement-breakpoint
DROP TABLE `outbox_messages`;--> statement-breakpoint
ALTER TABLE `__new_outbox_messages` RENAME TO `outbox_messages`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_messages_dedupe_key` ON `outbox_messages` (`dedupe_key`);--> statement-breakpoint
CREATE INDEX `outbox_messages_notice_due` ON `outbox_messages` (`due_at`,`id`) WHERE "outbox_messages"."state" = 'waiting' and "outbox_messages"."kind" in ('notice', 'digest', 'candidates');--> statement-breakpoint
CREATE INDEX `outbox_messages_asked_due` ON `outbox_messages` (`due_at`,`id`) WHERE "outbox_messages"."state" = 'waiting' and "outbox_messages"."kind" in ('verification', 'report', 'account');--> statement-breakpoint
CREATE INDEX `outbox_messages_text_due` ON `outbox_messages` (`due_at`,`id`) WHERE "outbox_messages"."state" = 'waiting' and "outbox_messages"."kind" = 'text';--> statement-breakpoint
CREATE INDEX `outbox_messages_asked_text_due` ON `outbox_messages` (`due_at`,`id`) WHERE "outbox_messages"."state" = 'waiting' and "outbox_messages"."kind" in ('textVerification', 'textAnswer');--> statement-breakpoint
CREATE INDEX `outbox_messages_leased` ON `outbox_messages` (`leased_until`) WHERE "outbox_messages"."state" = 'leased';--> statement-breakpoint
CREATE INDEX `outbox_messages_asked_subscriber` ON `outbox_messages` (`subscriber_id`,`created_at`) WHERE "outbox_messages"."kind" in ('verification', 'report', 'account');--> statement-breakpoint
CREATE INDEX `outbox_messages_gathered_subscriber` ON `outbox_messages` (`subscriber_id`,`id`) WHERE "outbox_messages"."kind" in ('digest', 'candidates');--> statement-breakpoint
CREATE INDEX `outbox_messages_asked_phone` ON `outbox_messages` (`phone_id`,`created_at`) WHERE "outbox_messages"."kind" in ('textVerification', 'textAnswer');--> statement-breakpoint
CREATE INDEX `outbox_messages_batch` ON `outbox_messages` (`batch_id`) WHERE "outbox_messages"."batch_id" is not null and "outbox_messages"."state" in ('waiting', 'leased');--> statement-breakpoint
CREATE INDEX `outbox_messages_subscription` ON `outbox_messages` (`subscription_id`) WHERE "outbox_messages"."subscription_id" is not null;--> statement-breakpoint
CREATE INDEX `outbox_messages_content` ON `outbox_messages` (`content_id`);--> statement-breakpoint
CREATE INDEX `outbox_messages_trouble` ON `outbox_messages` (`state`,`id`) WHERE "outbox_messages"."state" in ('failed', 'parked', 'bounced');--> statement-breakpoint
ALTER TABLE `cases` ADD `is_history` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE TABLE `__new_subscribers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`confirmed_at` integer,
	`suppressed_at` integer,
	`suppressed_because` text,
	`is_bundled` integer DEFAULT false NOT NULL,
	`is_private` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "subscribers_suppressed_why" CHECK(("__new_subscribers"."suppressed_at" is null) = ("__new_subscribers"."suppressed_because" is null))
);
--> statement-breakpoint
INSERT INTO `__new_subscribers`("id", "email", "email_key", "confirmed_at", "suppressed_at", "suppressed_because", "is_bundled", "is_private", "created_at") SELECT "id", "email", "email_key", "confirmed_at", "suppressed_at", CASE WHEN "suppressed_at" IS NOT NULL THEN 'bounced' END, false, false, "created_at" FROM `subscribers`;--> statement-breakpoint
DELETE FROM sqlite_sequence WHERE name = '__new_subscribers';--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_subscribers', seq FROM sqlite_sequence WHERE name = 'subscribers';--> statement-breakpoint
DROP TABLE `subscribers`;--> statement-breakpoint
ALTER TABLE `__new_subscribers` RENAME TO `subscribers`;--> statement-breakpoint
CREATE UNIQUE INDEX `subscribers_email_key` ON `subscribers` (`email_key`);--> statement-breakpoint
CREATE INDEX `subscribers_bundled` ON `subscribers` (`id`) WHERE "subscribers"."is_bundled";--> statement-breakpoint
CREATE INDEX `subscribers_suppressed` ON `subscribers` (`suppressed_at`) WHERE "subscribers"."suppressed_at" is not null;--> statement-breakpoint
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
	`event_ten_days_at` integer,
	`event_two_days_at` integer,
	`payment_two_days_at` integer,
	`email_active_after` integer,
	`text_active_after` integer,
	`link_version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`email_active_at` integer,
	`stopped_at` integer,
	`note` text DEFAULT '' NOT NULL,
	`entry_choice` text DEFAULT 'all' NOT NULL,
	`paused_at` integer,
	`paused_because` text,
	`paused_until` text,
	`missed_after` integer,
	`missed_through` integer,
	FOREIGN KEY (`subscriber_id`) REFERENCES `subscribers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`phone_id`) REFERENCES `phones`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pending_phone_id`) REFERENCES `phones`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "subscriptions_pause" CHECK(("__new_subscriptions"."email_state" = 'paused') = ("__new_subscriptions"."paused_at" is not null) and ("__new_subscriptions"."paused_at" is null) = ("__new_subscriptions"."paused_because" is null)),
	CONSTRAINT "subscriptions_missed" CHECK("__new_subscriptions"."missed_after" is not null or ("__new_subscriptions"."paused_at" is null and "__new_subscriptions"."missed_through" is null)),
	CONSTRAINT "subscriptions_entry_choice_known" CHECK("__new_subscriptions"."entry_choice" in ('all', 'withoutRoutine', 'decisions')),
	CONSTRAINT "subscriptions_email_state_known" CHECK("__new_subscriptions"."email_state" in ('pending', 'active', 'paused', 'stopped')),
	CONSTRAINT "subscriptions_text_state_known" CHECK("__new_subscriptions"."text_state" in ('none', 'pending', 'active', 'stopped')),
	CONSTRAINT "subscriptions_active_after" CHECK("__new_subscriptions"."email_state" <> 'active' or "__new_subscriptions"."email_active_after" is not null),
	CONSTRAINT "subscriptions_text_active_after" CHECK("__new_subscriptions"."text_state" <> 'active' or "__new_subscriptions"."text_active_after" is not null),
	CONSTRAINT "subscriptions_text_has_phone" CHECK("__new_subscriptions"."text_state" <> 'active' or "__new_subscriptions"."phone_id" is not null),
	CONSTRAINT "subscriptions_text_awaits_phone" CHECK("__new_subscriptions"."text_state" <> 'pending' or "__new_subscriptions"."pending_phone_id" is not null)
);
--> statement-breakpoint
INSERT INTO `__new_subscriptions`("id", "subscriber_id", "case_id", "email_state", "text_state", "phone_id", "pending_phone_id", "event_ten_days", "event_two_days", "payment_two_days", "event_ten_days_at", "event_two_days_at", "payment_two_days_at", "email_active_after", "text_active_after", "link_version", "created_at", "email_active_at", "stopped_at", "note", "entry_choice", "paused_at", "paused_because", "paused_until", "missed_after", "missed_through") SELECT "id", "subscriber_id", "case_id", "email_state", "text_state", "phone_id", "pending_phone_id", "event_ten_days", "event_two_days", "payment_two_days", "event_ten_days_at", "event_two_days_at", "payment_two_days_at", "email_active_after", "text_active_after", "link_version", "created_at", "email_active_at", "stopped_at", '', 'all', NULL, NULL, NULL, NULL, NULL FROM `subscriptions`;--> statement-breakpoint
DELETE FROM sqlite_sequence WHERE name = '__new_subscriptions';--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_subscriptions', seq FROM sqlite_sequence WHERE name = 'subscriptions';--> statement-breakpoint
DROP TABLE `subscriptions`;--> statement-breakpoint
ALTER TABLE `__new_subscriptions` RENAME TO `subscriptions`;--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_subscriber_case_key` ON `subscriptions` (`subscriber_id`,`case_id`);--> statement-breakpoint
CREATE INDEX `subscriptions_case` ON `subscriptions` (`case_id`);--> statement-breakpoint
CREATE INDEX `subscriptions_pending_phone` ON `subscriptions` (`pending_phone_id`) WHERE "subscriptions"."pending_phone_id" is not null;--> statement-breakpoint
CREATE INDEX `subscriptions_case_active` ON `subscriptions` (`case_id`,`email_active_after`,`id`) WHERE "subscriptions"."email_state" = 'active';--> statement-breakpoint
CREATE INDEX `subscriptions_choosing` ON `subscriptions` (`case_id`) WHERE "subscriptions"."entry_choice" <> 'all';--> statement-breakpoint
CREATE INDEX `subscriptions_missed` ON `subscriptions` (`case_id`) WHERE "subscriptions"."missed_through" is not null;--> statement-breakpoint
CREATE INDEX `subscriptions_paused` ON `subscriptions` (`paused_until`,`id`) WHERE "subscriptions"."email_state" = 'paused';--> statement-breakpoint
CREATE INDEX `subscriptions_case_texted` ON `subscriptions` (`case_id`,`phone_id`,`text_active_after`) WHERE "subscriptions"."text_state" = 'active';