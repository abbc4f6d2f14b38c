CREATE TABLE "name_pairs" (
	"word" text collate "C" NOT NULL,
	"other_word" text collate "C" NOT NULL,
	"case_id" bigint NOT NULL,
	"ordinal" bigint NOT NULL,
	CONSTRAINT "name_pairs_word_other_word_case_id_ordinal_pk" PRIMARY KEY("word","other_word","case_id","ordinal")
);--> statement-breakpoint
INSERT INTO name_pairs (word, other_word, case_id, ordinal)
  select a.word, b.word, a.case_id, a.ordinal
  from (select case_id, ordinal from name_words where word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs') group by 1, 2 having count(*) between 2 and 12) n
    join name_words a on a.case_id = n.case_id and a.ordinal = n.ordinal and a.word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs')
    join name_words b on b.case_id = n.case_id and b.ordinal = n.ordinal and b.word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs') and b.word <> a.word
  order by 1, 2, 3, 4;--> statement-breakpoint
INSERT INTO name_pairs (word, other_word, case_id, ordinal)
  select a.word, '', a.case_id, a.ordinal
  from (select case_id, ordinal from name_words where word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs') group by 1, 2 having count(*) > 12) n
    join name_words a on a.case_id = n.case_id and a.ordinal = n.ordinal and a.word not in ('and', 'et', 'in', 'of', 're', 'the', 'v', 'vs');
