ALTER TABLE `consents` ADD `former_email_key` text;--> statement-breakpoint
CREATE INDEX `consents_former_address` ON `consents` (`former_email_key`) WHERE "consents"."former_email_key" is not null;--> statement-breakpoint
ALTER TABLE `provider_paces` ADD `held_at` integer;