'use client'

import { useRef, useState, type ReactNode, type SubmitEvent } from 'react'
import type { CaptchaSettings } from '../../server/contract/captcha.ts'
import { fieldErrors } from '../../server/contract/wording.ts'
import { Button } from '../_ui/button.tsx'
import { CaptchaField, type Captcha } from './captcha-field.tsx'

interface CaptchaFormProps {
  readonly action: string
  readonly settings: CaptchaSettings
  readonly helpDesk: { readonly name: string; readonly email: string; readonly phone: string }
  /** Of the captcha, from the server. */
  readonly error: string | undefined
  readonly button: string
  readonly children: ReactNode
}

/** A plain form with the captcha before its button: it is sent as it stands once the captcha has its answer, which it bears in a field of its own. */
export function CaptchaForm({ action, settings, helpDesk, error, button, children }: CaptchaFormProps) {
  const [shown, setShown] = useState(error)
  const [isSending, setIsSending] = useState(false)
  const captcha = useRef<Captcha>(null)

  function onSubmit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = event.currentTarget
    if (isSending) return
    if (captcha.current?.isUnanswered() ?? true) {
      setShown(fieldErrors.captchaMissing)
      document.getElementById('captcha')?.focus()
      return
    }
    setIsSending(true)
    const send = (answer: string | null | undefined): void => {
      if (answer === null || answer === undefined) {
        setShown(fieldErrors.captchaUnavailable)
        setIsSending(false)
        document.getElementById('captcha')?.focus()
        return
      }
      // Past this handler.
      form.submit()
    }
    captcha.current?.answer().then(send, () => send(null))
  }

  return (
    <form id="form" tabIndex={-1} method="post" action={action} noValidate onSubmit={onSubmit} className="space-y-5">
      {children}
      <CaptchaField settings={settings} helpDesk={helpDesk} error={shown} ref={captcha} />
      <Button className="min-h-13 w-full" aria-disabled={isSending}>{button}</Button>
    </form>
  )
}
