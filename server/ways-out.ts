import { createGatewayTexter } from './adapters/gateway-texter.ts'
import { hcaptcha } from './adapters/hcaptcha.ts'
import { localCaptcha } from './adapters/local-captcha.ts'
import { createMailboxMailer } from './adapters/mailbox-mailer.ts'
import { createMailboxTexter } from './adapters/mailbox-texter.ts'
import { createResendMailer } from './adapters/resend-mailer.ts'
import { createSmtpMailer } from './adapters/smtp-mailer.ts'
import { createTwilioTexter } from './adapters/twilio-texter.ts'
import { putMail } from './domain/mailbox/put-mail.ts'
import type { Site } from './domain/outbox/message-frame.ts'
import { findGateway } from './domain/texts/list-carriers.ts'
import type { Env } from './env.ts'
import type { CaptchaVerifier, Clock, Log, Mailer, Texter } from './ports.ts'
import { loadProfile } from './profile/load-profile.ts'
import type { CourtProfile } from './profile/schema.ts'
import type { Workplace } from './work.ts'

// The providers that the environment names: where the outside world begins.

/** Who checks that a visitor is one. */
export function captchaOf({ captcha, authSecret }: Env, clock: Clock): CaptchaVerifier {
  return captcha.provider === 'hcaptcha' ? hcaptcha(captcha) : localCaptcha(authSecret, '/api/captcha/challenge', clock)
}

/** How mail leaves. */
export function mailerOf({ mail }: Env, workplace: Workplace): Mailer {
  switch (mail.transport) {
    case 'mailbox': return createMailboxMailer((mails) => workplace.inOneTransaction((work) => putMail(work, mails)))
    case 'resend': return createResendMailer({
      apiKey: mail.apiKey, requestsPerSecond: mail.ratePerSecond, ...(mail.baseUrl === undefined ? {} : { baseUrl: mail.baseUrl }),
    })
    case 'smtp': return createSmtpMailer({ url: mail.url, requestsPerSecond: null })
  }
}

/** The court's profile; texts are off in it where there is no way for them to leave. */
export function profileFor({ profilePath, texts }: Env, log: Log): CourtProfile {
  const profile = loadProfile(profilePath)
  if (texts.transport !== 'none' || profile.policy.texts === 'off') return profile
  log.info('Texts are off: TEXT_TRANSPORT does not say how they leave.')
  return { ...profile, policy: { ...profile.policy, texts: 'off' } }
}

/** Whether replies reach us, by the provider's webhook or the page of the local mailbox; and whether texts need to know the carrier. */
export const textSettingsOf = ({ texts, mail }: Env): Site['texts'] => ({
  takesReplies: texts.transport === 'twilio' || (texts.transport === 'mailbox' && mail.transport === 'mailbox'),
  needsCarrier: texts.transport === 'gateway',
})

interface TexterNeeds {
  readonly site: Site
  readonly mailer: Mailer
  readonly workplace: Workplace
  readonly clock: Clock
}

/** How texts leave. */
export function texterOf({ texts, appUrl }: Env, { site, mailer, workplace, clock }: TexterNeeds): Texter {
  const { profile, sender } = site
  switch (texts.transport) {
    // What still waits is cancelled before it gets here.
    case 'none':
    case 'mailbox': return createMailboxTexter((kept) => workplace.inOneTransaction((work) => putMail(work, kept.map((text) => ({
      channel: 'text', messageKey: text.messageKey, from: profile.textSender.name, to: text.to, subject: '', html: '', text: text.body,
      headers: { Encoding: text.encoding, Segments: String(text.segments) },
    })))))
    case 'gateway': return createGatewayTexter({ mailer, sender, gatewayOf: (carrier) => findGateway(profile, carrier, clock.now()) })
    case 'twilio': return createTwilioTexter({ ...texts, statusUrl: (messageKey) => `${appUrl}/api/webhooks/text?message=${messageKey}` })
  }
}
