CREATE TABLE `consent_words` (
	`hash` text PRIMARY KEY NOT NULL,
	`words` text NOT NULL,
	`first_used_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `consents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subscriber_id` integer NOT NULL,
	`case_id` integer,
	`phone_id` integer,
	`act` text NOT NULL,
	`words_hash` text NOT NULL,
	`from_hash` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`subscriber_id`) REFERENCES `subscribers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`phone_id`) REFERENCES `phones`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`words_hash`) REFERENCES `consent_words`(`hash`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "consents_act_known" CHECK("consents"."act" in ('asked', 'confirmed', 'askedText', 'confirmedText', 'stopped', 'stoppedText'))
);
--> statement-breakpoint
CREATE INDEX `consents_subscriber` ON `consents` (`subscriber_id`,`id`);--> statement-breakpoint
CREATE INDEX `consents_case` ON `consents` (`case_id`) WHERE "consents"."case_id" is not null;--> statement-breakpoint
CREATE INDEX `consents_phone` ON `consents` (`phone_id`) WHERE "consents"."phone_id" is not null;--> statement-breakpoint
CREATE TABLE `evening_holds` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`day` text NOT NULL,
	`held_at` integer NOT NULL,
	`notices` integer NOT NULL,
	`usual` integer NOT NULL,
	`released_at` integer,
	`released_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `evening_holds_day_key` ON `evening_holds` (`day`);--> statement-breakpoint
CREATE TABLE `restorations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`backed_up_at` integer NOT NULL,
	`restored_at` integer NOT NULL,
	`cleared_at` integer
);
--> statement-breakpoint
CREATE TABLE `second_factors` (
	`account_id` integer PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`confirmed_at` integer,
	`last_step` integer DEFAULT 0 NOT NULL,
	`recovery_hashes` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
DROP INDEX `docket_changes_case`;--> statement-breakpoint
CREATE INDEX `docket_changes_case` ON `docket_changes` (`case_id`,`id`);--> statement-breakpoint
ALTER TABLE `account_sessions` ADD `second_factor_at` integer;--> statement-breakpoint
ALTER TABLE `message_contents` ADD `missed_after` integer;--> statement-breakpoint
ALTER TABLE `outbox_messages` ADD `soft_bounces` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `subscribers` ADD `mailbox_key` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `subscribers` ADD `soft_bounces` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `subscribers` ADD `soft_bounced_at` integer;--> statement-breakpoint
CREATE INDEX `subscribers_mailbox` ON `subscribers` (`mailbox_key`);--> statement-breakpoint
ALTER TABLE `subscriptions` ADD `begun_after` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `subscriptions_phone` ON `subscriptions` (`phone_id`) WHERE "subscriptions"."phone_id" is not null;--> statement-breakpoint
-- Spelt as it is: what an address is limited by is known better when it asks again.
UPDATE `subscribers` SET `mailbox_key` = `email_key`;
