import type { CausedView } from '../../contract/operator-view.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { countVerificationTexts } from '../limits/is-text-allowed.ts'
import { countVisitorMails } from '../limits/take-visitor-mail.ts'

/** How much visitors caused lately, and what the most is that they may (H1, S7). */
export async function countCaused(reading: Reading, profile: CourtProfile): Promise<CausedView> {
  const { visitorMailsPerDay, verificationTextsPerDay } = profile.limits
  return {
    mails: { count: await countVisitorMails(reading, profile), most: visitorMailsPerDay },
    texts: { count: await countVerificationTexts(reading), most: verificationTextsPerDay },
  }
}
