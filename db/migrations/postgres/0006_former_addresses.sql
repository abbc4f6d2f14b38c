ALTER TABLE "consents" ADD COLUMN "former_email_key" text collate "C";--> statement-breakpoint
ALTER TABLE "provider_paces" ADD COLUMN "held_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "consents_former_address" ON "consents" USING btree ("former_email_key") WHERE "consents"."former_email_key" is not null;