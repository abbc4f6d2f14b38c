'use client'

import type HCaptcha from '@hcaptcha/react-hcaptcha'
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react'
import type { Captcha } from './captcha-field.tsx'

interface HcaptchaBoxProps {
  readonly siteKey: string
  readonly scriptAddress: string
  readonly otherWay: string
  readonly ref: Ref<Captcha>
}

const normalWidthPx = 303

/** hCaptcha's checkbox, there without a further step. Where its script is blocked the other way is said. */
export function HcaptchaBox({ siteKey, scriptAddress, otherWay, ref }: HcaptchaBoxProps) {
  const [Widget, setWidget] = useState<typeof HCaptcha | null>(null)
  const [look, setLook] = useState<{ size: 'normal' | 'compact'; theme: 'light' | 'dark' }>({ size: 'normal', theme: 'light' })
  const [isBlocked, setIsBlocked] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const widget = useRef<HCaptcha>(null)
  const token = useRef('')

  useEffect(() => {
    let isGone = false
    import('@hcaptcha/react-hcaptcha').then(
      (module) => {
        if (isGone) return
        setLook({
          size: (box.current?.clientWidth ?? 0) < normalWidthPx ? 'compact' : 'normal',
          theme: window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
        })
        setWidget(() => module.default)
      },
      () => setIsBlocked(true),
    )
    return () => {
      isGone = true
    }
  }, [])

  useImperativeHandle(ref, () => ({
    isUnanswered: () => token.current === '',
    answer: () => Promise.resolve(token.current),
    renew: () => {
      token.current = ''
      widget.current?.resetCaptcha()
    },
  }), [])

  return (
    <>
      <div ref={box} className="min-h-20">
        {Widget === null ? null : (
          <Widget
            ref={widget} sitekey={siteKey} scriptSource={scriptAddress} sentry={false} size={look.size} theme={look.theme}
            onVerify={(answer) => {
              token.current = answer
              setIsBlocked(false)
            }}
            onExpire={() => {
              token.current = ''
            }}
            onError={() => setIsBlocked(true)}
          />
        )}
      </div>
      {isBlocked ? <p role="alert" className="mt-2 font-semibold text-red">The verification could not be loaded. {otherWay}</p> : null}
    </>
  )
}
