'use client'

import type { Ref } from 'react'
import type { CaptchaSettings } from '../../server/contract/captcha.ts'
import { FieldError } from '../_ui/field.tsx'
import { HcaptchaBox } from './hcaptcha-box.tsx'
import { LocalProof } from './local-proof.tsx'

/** What the form asks of the captcha, whoever provides it. */
export interface Captcha {
  /** Whether the person has yet to do something. */
  isUnanswered(): boolean
  /** The answer for the server, empty while there is none; null when it cannot be had. May take seconds. */
  answer(): Promise<string | null>
  /** Each answer is taken once: to be called after every answer of the server. */
  renew(): void
}

interface CaptchaFieldProps {
  readonly settings: CaptchaSettings
  readonly helpDesk: { readonly name: string; readonly email: string; readonly phone: string }
  readonly error: string | undefined
  readonly ref: Ref<Captcha>
}

/** The verification that a person is asking, with its error beside it and another way for whom it does not work. */
export function CaptchaField({ settings, helpDesk, error, ref }: CaptchaFieldProps) {
  const otherWay = `If this check does not work for you, ask the ${helpDesk.name}: ${helpDesk.phone} or ${helpDesk.email}.`
  const hint = settings.provider === 'local'
    ? `Your browser shows by a short calculation that you are not a robot. There is no puzzle. ${otherWay}`
    : otherWay
  return (
    <div
      id="captcha" tabIndex={-1} role="group" aria-labelledby="captcha-name"
      aria-describedby={error === undefined ? 'captcha-hint' : 'captcha-hint captcha-error'}
      className={error === undefined ? '' : 'border-l-4 border-red pl-3'}
    >
      <p id="captcha-name" className="font-semibold">Verification</p>
      <p id="captcha-hint" className="mb-1.5 text-nav text-ink3 wrap-anywhere">{hint}</p>
      {error === undefined ? null : <FieldError id="captcha-error">{error}</FieldError>}
      <noscript>
        <p className="mb-2 border-l-4 border-amber bg-amber-wash p-3">
          The verification needs JavaScript, which is off in this browser. You can ask for tracking by phone or e-mail instead:
          {' '}{helpDesk.name}, {helpDesk.phone}, {helpDesk.email}.
        </p>
      </noscript>
      {settings.provider === 'local'
        ? <LocalProof ref={ref} challengeAddress={settings.challengeAddress} />
        : <HcaptchaBox ref={ref} siteKey={settings.siteKey} scriptAddress={settings.scriptAddress} otherWay={otherWay} />}
    </div>
  )
}
