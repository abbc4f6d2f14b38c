import { z } from 'zod'

// Longer than anything a person means: what is longer is not in the right form at all.
const typed = z.string().max(500)

/** The shape of what the form sends; its rules (B5) are told field by field, by `checkTrackingForm`. */
export const trackingInput = z.object({
  number: z.string().min(1).max(100),
  court: z.string().max(50).optional(),
  form: z.object({
    email: typed,
    confirmEmail: typed,
    wantsText: z.boolean(),
    phone: typed,
    carrier: typed,
    eventTenDays: z.boolean(),
    eventTwoDays: z.boolean(),
    paymentTwoDays: z.boolean(),
  }),
  captcha: z.string().max(10_000),
})
export type TrackingInput = z.infer<typeof trackingInput>

/** The same of who is logged in, whose account has the address (D1). */
export const accountTrackingInput = trackingInput.extend({ form: trackingInput.shape.form.omit({ email: true, confirmEmail: true }) })
export type AccountTrackingInput = z.infer<typeof accountTrackingInput>
