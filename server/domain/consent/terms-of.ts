import type { Terms } from '../../contract/consent-wording.ts'
import type { Site } from '../outbox/message-frame.ts'

/** What the Track This Case page of this court says, for who is logged in or not. */
export const termsOf = ({ profile, texts }: Site, isLoggedIn: boolean): Terms => ({
  sender: profile.sender, isLoggedIn,
  texts: profile.policy.texts === 'off' ? null : { sender: profile.textSender.name, takesReplies: texts.takesReplies },
})
