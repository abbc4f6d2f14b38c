CREATE TABLE `name_pairs` (
	`word` text NOT NULL,
	`other_word` text NOT NULL,
	`case_id` integer NOT NULL,
	`ordinal` integer NOT NULL,
	PRIMARY KEY(`word`, `other_word`, `case_id`, `ordinal`)
) WITHOUT ROWID;--> statement-breakpoint
INSERT INTO name_pairs (word, other_word, case_id, ordinal)
  select a.word, b.word, a.case_id, a.ordinal
  from name_words a indexed by name_words_case join name_words b on b.case_id = a.case_id and b.ordinal = a.ordinal and b.word <> a.word
  where a.word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs') and b.word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs')
    and (a.case_id, a.ordinal) not in (select case_id, ordinal from name_words where word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs') group by 1, 2 having count(*) > 12)
  order by 1, 2, 3, 4;--> statement-breakpoint
INSERT INTO name_pairs (word, other_word, case_id, ordinal)
  select a.word, '', a.case_id, a.ordinal from name_words a indexed by name_words_case
  where a.word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs')
    and (a.case_id, a.ordinal) in (select case_id, ordinal from name_words where word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs') group by 1, 2 having count(*) > 12);--> statement-breakpoint
CREATE TABLE `lean_name_words` (
	`word` text NOT NULL,
	`case_id` integer NOT NULL,
	`ordinal` integer NOT NULL,
	PRIMARY KEY(`word`, `case_id`, `ordinal`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;--> statement-breakpoint
INSERT INTO `lean_name_words` SELECT `word`, `case_id`, `ordinal` FROM `name_words` ORDER BY 1, 2, 3;--> statement-breakpoint
DROP TABLE `name_words`;--> statement-breakpoint
ALTER TABLE `lean_name_words` RENAME TO `name_words`;--> statement-breakpoint
CREATE INDEX `name_words_case` ON `name_words` (`case_id`,`ordinal`,`word`);
