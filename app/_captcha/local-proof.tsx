'use client'

import { useCallback, useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import type { Proof } from './altcha-widget.ts'
import type { Captcha } from './captcha-field.tsx'

const patienceMs = 30_000

/**
 * ALTCHA: the browser does a little work, without a puzzle, a third party or a click. It starts with the first touch of the
 * form, and sending waits for it.
 */
export function LocalProof({ challengeAddress, ref }: { challengeAddress: string; ref: Ref<Captcha> }) {
  const box = useRef<HTMLDivElement>(null)
  const opening = useRef<Promise<Proof>>(null)

  const open = useCallback((): Promise<Proof> => {
    const load = async (into: HTMLElement | null): Promise<Proof> => {
      const { openProof } = await import('./altcha-widget.ts')
      if (!into) throw new Error('The form is gone')
      return openProof(into, challengeAddress)
    }
    opening.current ??= load(box.current).catch((error: unknown) => {
      // So that sending tries to load it again.
      opening.current = null
      throw error
    })
    return opening.current
  }, [challengeAddress])

  useEffect(() => {
    const form = box.current?.closest('form')
    // What goes wrong here is said when the form is sent.
    const begin = (): void => void open().catch(() => undefined)
    form?.addEventListener('focusin', begin, { once: true })
    form?.addEventListener('pointerdown', begin, { once: true })
    // For those who were quicker than this page's script.
    if (form?.contains(document.activeElement)) begin()
    return () => {
      form?.removeEventListener('focusin', begin)
      form?.removeEventListener('pointerdown', begin)
    }
  }, [open])

  useImperativeHandle(ref, () => ({
    isUnanswered: () => false,
    answer: async () => {
      const patience = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null))
      return Promise.race([open().then((proof) => proof.answer()).catch(() => null), patience])
    },
    renew: () => {
      opening.current?.then((proof) => proof.renew()).catch(() => undefined)
    },
  }), [open])

  return (
    <>
      <div ref={box} className="peer" />
      <p className="hidden min-h-12 items-center text-nav text-ink3 peer-empty:flex noscript:hidden!">Starts by itself when you fill in the form.</p>
    </>
  )
}
