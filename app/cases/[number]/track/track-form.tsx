'use client'

import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react'
import { useForm } from 'react-hook-form'
import type { CaptchaSettings } from '../../../../server/contract/captcha.ts'
import { checkTrackingForm, type FieldErrors, type TrackingForm as Typed } from '../../../../server/contract/tracking-form.ts'
import { fieldErrors, reportSent } from '../../../../server/contract/wording.ts'
import { ErrorSummary } from '../../../_ui/error-summary.tsx'
import { Sheet } from '../../../_ui/sheet.tsx'
import { summaryOf, wentWrong, type Answer } from './answer.ts'
import type { Captcha } from '../../../_captcha/captcha-field.tsx'
import { RequestResult } from './request-result.tsx'
import { TrackFields } from './track-fields.tsx'

/** The answer to a form that was posted without JavaScript, where there is one still to show, and what was typed in it. */
export interface Posted {
  readonly answer: Answer | null
  readonly typed: Typed | null
}

export interface TextSettings {
  /** One that cannot be chosen says why. */
  readonly carriers: readonly { readonly code: string; readonly name: string; readonly isAvailable: boolean; readonly remark: string | null }[]
  readonly needsCarrier: boolean
}

/** Who is logged in. */
export interface TrackingAccount {
  readonly emailAddress: string
  /** Why it cannot track (D4, D5); null where it can. */
  readonly obstacle: string | null
  /** Whether the profile asks accounts for the captcha too (D1). */
  readonly needsCaptcha: boolean
}

export interface TrackFormProps {
  readonly number: string
  readonly court: string
  readonly caseAddress: string
  readonly formAddress: string
  readonly settings: {
    readonly captcha: CaptchaSettings
    /** Null where the court sends no texts: then nothing here speaks of them (I3). */
    readonly texts: TextSettings | null
    /** Null: nobody is logged in. */
    readonly account: TrackingAccount | null
  }
  readonly senderEmail: string
  readonly helpDesk: { readonly name: string; readonly email: string; readonly phone: string }
  readonly posted: Posted | null
  /** Where only accounts may track (I3), who tracks already still gets the report. Default: both. */
  readonly isReportOnly?: boolean
  /** What is to be read before the form. */
  readonly children: ReactNode
}

/** B1: the form. Works as a plain post; with JavaScript it stays on the page, and nothing typed is lost either way (B6). */
export function TrackForm({ number, court, caseAddress, formAddress, settings, senderEmail, helpDesk, posted, isReportOnly = false, children }: TrackFormProps) {
  const { register, handleSubmit } = useForm<Typed>({ mode: 'onSubmit', reValidateMode: 'onSubmit', shouldFocusError: false })
  const [answer, setAnswer] = useState<Answer | null>(posted?.answer ?? obstacleOf(settings.account))
  const [tries, setTries] = useState(0)
  const [isSending, setIsSending] = useState(false)
  const isUnderWay = useRef(false)
  const captcha = useRef<Captcha>(null)
  const result = useRef<HTMLDivElement>(null)

  const errors = answer?.kind === 'errors' ? answer : null
  const outcome = answer?.kind === 'result' ? answer : null
  const isReport = outcome?.message === reportSent
  const { account } = settings
  const needsCaptcha = account?.needsCaptcha ?? true
  const address = account === null ? {} : { email: account.emailAddress, confirmEmail: account.emailAddress }

  useEffect(() => {
    const title = document.title.replace(/^Error: /, '')
    const wanted = errors === null ? title : `Error: ${title}`
    if (document.title !== wanted) document.title = wanted
  }, [errors])
  useEffect(() => {
    if (tries > 0 && outcome !== null) result.current?.focus()
  }, [tries, outcome])

  async function send(shown: Typed, isReport: boolean): Promise<Answer> {
    const form = { ...untyped, ...shown, ...address }
    const fields: FieldErrors = checkTrackingForm(form, { needsCarrier: settings.texts?.needsCarrier ?? false, isReportOnly: isReport, isPhone: hasTenDigits })
    if (needsCaptcha && (captcha.current?.isUnanswered() ?? true)) fields.captcha = fieldErrors.captchaMissing
    if (Object.keys(fields).length > 0) return { kind: 'errors', fields }
    const loading = import('./ask-to-track.ts')
    loading.catch(() => undefined) // Said below, where it is waited for.
    const proof = needsCaptcha ? await captcha.current?.answer() : ''
    if (proof === null || proof === undefined) return { kind: 'errors', fields: { captcha: fieldErrors.captchaUnavailable } }
    try {
      const { askToTrack } = await loading
      return await askToTrack({ number, court, form, captcha: proof }, { isReportOnly: isReport, isByAccount: account !== null })
    } catch {
      return wentWrong
    } finally {
      captcha.current?.renew()
    }
  }

  function onSubmit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    if (isUnderWay.current) return
    isUnderWay.current = true
    setIsSending(true)
    const { submitter } = event.nativeEvent
    const isForReport = submitter instanceof HTMLButtonElement && submitter.value === 'report'
    const done = (): void => {
      isUnderWay.current = false
      setIsSending(false)
    }
    // `send` answers whatever happens, a lost connection included.
    handleSubmit(async (form) => {
      setAnswer(await send(form, isForReport))
      setTries((before) => before + 1)
    })(event).then(done, done)
  }

  return (
    <>
      {errors === null ? null : <ErrorSummary key={tries} errors={summaryOf(errors)} />}
      {outcome === null ? null : (
        <div ref={result} tabIndex={-1} className="outline-none">
          <RequestResult
            outcome={outcome} isReport={isReport} isByAccount={account !== null} senderEmail={senderEmail} caseAddress={caseAddress} formAddress={formAddress}
            onAgain={() => setAnswer(null)}
          />
        </div>
      )}
      <div hidden={outcome !== null && !isReport}>
        <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_27rem] lg:gap-14">
          {children}
          <Sheet isPanel>
            <form id="track" method="post" action="/api/forms/track" noValidate onSubmit={onSubmit}>
              <input type="hidden" name="number" value={number} />
              <input type="hidden" name="court" value={court} />
              {account === null ? null : <input type="hidden" name="as" value="account" />}
              <TrackFields
                register={register} typed={posted?.typed ?? null} errors={errors?.fields ?? {}} settings={settings} helpDesk={helpDesk}
                isSending={isSending} captcha={captcha} isReportOnly={isReportOnly}
              />
            </form>
          </Sheet>
        </div>
      </div>
    </>
  )
}

// What the form does not show where the court sends no texts, or where only accounts may track.
const untyped: Typed = { email: '', confirmEmail: '', wantsText: false, phone: '', carrier: '', eventTenDays: false, eventTwoDays: false, paymentTwoDays: false }

const obstacleOf = (account: TrackingAccount | null): Answer | null =>
  account?.obstacle == null ? null : { kind: 'errors', fields: {}, general: account.obstacle }

// The server decides with a library that is too heavy to send; this only catches what cannot be a number at all.
const hasTenDigits = (typed: string): boolean => typed.replace(/\D/g, '').length >= 10
