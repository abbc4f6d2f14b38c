CREATE TABLE `evening_claims` (
	`key` text PRIMARY KEY NOT NULL,
	`process_id` integer NOT NULL,
	`claimed_at` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `name_words_case`;--> statement-breakpoint
CREATE INDEX `name_words_case` ON `name_words` (`case_id`,`ordinal`,`word`);