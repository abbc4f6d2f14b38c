CREATE TABLE "name_pairs" (
	"word" text collate "C" NOT NULL,
	"other_word" text collate "C" NOT NULL,
	"case_id" bigint NOT NULL,
	"ordinal" bigint NOT NULL,
	CONSTRAINT "name_pairs_word_other_word_case_id_ordinal_pk" PRIMARY KEY("word","other_word","case_id","ordinal")
);--> statement-breakpoint
INSERT INTO name_pairs (word, other_word, case_id, ordinal)
  select a.word, b.word, a.case_id, a.ordinal
  from name_words a join name_words b on b.case_id = a.case_id and b.ordinal = a.ordinal and b.word <> a.word
  where a.word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs') and b.word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs')
    and (a.case_id, a.ordinal) not in (select case_id, ordinal from name_words where word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs') group by 1, 2 having count(*) > 12)
  order by 1, 2, 3, 4;--> statement-breakpoint
INSERT INTO name_pairs (word, other_word, case_id, ordinal)
  select a.word, '', a.case_id, a.ordinal from name_words a
  where a.word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs')
    and (a.case_id, a.ordinal) in (select case_id, ordinal from name_words where word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs') group by 1, 2 having count(*) > 12);
