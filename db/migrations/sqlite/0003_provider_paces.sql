CREATE TABLE `provider_paces` (
	`provider` text PRIMARY KEY NOT NULL,
	`next_at` integer NOT NULL,
	`held_until` integer NOT NULL,
	`margin_ms` integer NOT NULL,
	CONSTRAINT "provider_paces_margin" CHECK("provider_paces"."margin_ms" >= 0)
);
