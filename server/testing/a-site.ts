import type { Site } from '../domain/outbox/message-frame.ts'
import type { CourtProfile } from '../profile/schema.ts'

/** The service as its messages speak of it; texts may be answered and need no carrier. */
export const aSite = (profile: CourtProfile): Site => ({
  origin: 'http://localhost:3000', sender: 'Track This Case <ttc@example.gov>', profile, texts: { takesReplies: true, needsCarrier: false },
})
