CREATE TABLE `name_pairs` (
	`word` text NOT NULL,
	`other_word` text NOT NULL,
	`case_id` integer NOT NULL,
	`ordinal` integer NOT NULL,
	PRIMARY KEY(`word`, `other_word`, `case_id`, `ordinal`)
) WITHOUT ROWID;--> statement-breakpoint
INSERT INTO name_pairs (word, other_word, case_id, ordinal)
  select a.word, b.word, a.case_id, a.ordinal
  from (select case_id, ordinal from name_words where word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs') group by 1, 2 having count(*) between 2 and 12) n
    join name_words a on a.case_id = n.case_id and a.ordinal = n.ordinal and a.word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs')
    join name_words b on b.case_id = n.case_id and b.ordinal = n.ordinal and b.word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs') and b.word <> a.word
  order by 1, 2, 3, 4;--> statement-breakpoint
INSERT INTO name_pairs (word, other_word, case_id, ordinal)
  select a.word, '', a.case_id, a.ordinal
  from (select case_id, ordinal from name_words where word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs') group by 1, 2 having count(*) > 12) n
    join name_words a on a.case_id = n.case_id and a.ordinal = n.ordinal and a.word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs');--> statement-breakpoint
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
