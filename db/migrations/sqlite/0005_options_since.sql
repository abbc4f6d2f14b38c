ALTER TABLE `subscriptions` ADD `event_ten_days_at` integer;--> statement-breakpoint
ALTER TABLE `subscriptions` ADD `event_two_days_at` integer;--> statement-breakpoint
ALTER TABLE `subscriptions` ADD `payment_two_days_at` integer;--> statement-breakpoint
UPDATE `subscriptions` SET "event_ten_days_at" = CASE WHEN "event_ten_days" THEN "options_at" END, "event_two_days_at" = CASE WHEN "event_two_days" THEN "options_at" END, "payment_two_days_at" = CASE WHEN "payment_two_days" THEN "options_at" END;--> statement-breakpoint
ALTER TABLE `subscriptions` DROP COLUMN `options_at`;--> statement-breakpoint
CREATE INDEX `docket_changes_case` ON `docket_changes` (`case_id`);--> statement-breakpoint
CREATE INDEX `outbox_messages_subscription` ON `outbox_messages` (`subscription_id`) WHERE "outbox_messages"."subscription_id" is not null;--> statement-breakpoint
CREATE INDEX `outbox_messages_content` ON `outbox_messages` (`content_id`);