import { notOfficial } from '../../contract/wording.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { MessageFrame, TextFrame } from './message-content.ts'

/** Where this installation stands and who speaks for it. */
export interface Site {
  /** Scheme and host of `APP_URL`: the only origin that ever goes into a link. */
  readonly origin: string
  /** `Name <address>` or an address. */
  readonly sender: string
  readonly profile: CourtProfile
  readonly texts: TextSettings
}

/** What the way in which texts leave means for those who get them. */
export interface TextSettings {
  /** Whether phones may answer STOP, START and HELP (E6). */
  readonly takesReplies: boolean
  /** Whether a phone's carrier must be known (B1). */
  readonly needsCarrier: boolean
}

/** What every message carries, as it stands now: it is frozen with the message. */
export const messageFrame = ({ origin, sender, profile }: Site, subject: string): MessageFrame => ({
  sender,
  serviceName: profile.serviceName,
  origin,
  subject,
  helpDesk: {
    name: profile.helpDesk.name,
    email: profile.helpDesk.email,
    phone: profile.helpDesk.phone,
    hours: profile.helpDesk.hours,
  },
  notOfficial,
})

/** What every text carries. */
export const textFrame = ({ origin, profile, texts }: Site): TextFrame =>
  ({ sender: profile.textSender.name, origin, takesReplies: texts.takesReplies })
