CREATE INDEX "subscriptions_case" ON "subscriptions" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "subscriptions_pending_phone" ON "subscriptions" USING btree ("pending_phone_id") WHERE "subscriptions"."pending_phone_id" is not null;--> statement-breakpoint
CREATE INDEX "tracking_requests_case" ON "tracking_requests" USING btree ("case_id","created_at");