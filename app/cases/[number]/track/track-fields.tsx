import type { Ref } from 'react'
import type { UseFormRegister } from 'react-hook-form'
import type { FieldErrors, TrackingForm } from '../../../../server/contract/tracking-form.ts'
import { optionLabels } from '../../../../server/contract/wording.ts'
import { Button } from '../../../_ui/button.tsx'
import { CheckboxRow } from '../../../_ui/checkbox-row.tsx'
import { SelectField, TextField } from '../../../_ui/field.tsx'
import { CaptchaField, type Captcha } from '../../../_captcha/captcha-field.tsx'
import type { TextSettings, TrackFormProps, TrackingAccount } from './track-form.tsx'

interface TrackFieldsProps extends Pick<TrackFormProps, 'settings' | 'helpDesk'> {
  readonly typed: TrackingForm | null
  readonly register: UseFormRegister<TrackingForm>
  readonly errors: FieldErrors
  readonly isSending: boolean
  /** Then it is the form of a report and no more. */
  readonly isReportOnly: boolean
  readonly captcha: Ref<Captcha>
}

const reportHint = 'We send the list of the cases that this address tracks, with links to stop. It asks for no new case.'

/** The controls of B1, in the words of the contract, and the two buttons. */
export function TrackFields({ register, typed, errors, settings, helpDesk, isSending, isReportOnly, captcha }: TrackFieldsProps) {
  return (
    <div className="group space-y-6">
      {settings.account === null ? <AddressFields register={register} typed={typed} errors={errors} /> : <AddressOfAccount account={settings.account} />}
      {settings.texts === null || isReportOnly ? null : <TextChoice register={register} typed={typed} errors={errors} texts={settings.texts} />}
      {isReportOnly ? null : <OptionChoice register={register} typed={typed} />}
      {settings.account?.needsCaptcha === false ? null : <CaptchaField ref={captcha} settings={settings.captcha} helpDesk={helpDesk} error={errors.captcha} />}
      {isReportOnly ? null : (
        <div className="space-y-3">
          <Button name="action" value="track" aria-disabled={isSending} className="min-h-13 w-full aria-disabled:opacity-60">Track This Case</Button>
          {settings.account === null ? <p className="text-nav text-ink3">We send you a link to confirm. It works for 7 days.</p> : null}
        </div>
      )}
      <div className={isReportOnly ? 'space-y-3' : 'space-y-3 border-t border-rule pt-5'}>
        <Button
          kind={isReportOnly ? 'primary' : 'secondary'} name="action" value="report" aria-disabled={isSending} aria-describedby="report-hint"
          className="w-full aria-disabled:opacity-60"
        >
          Tracking Report
        </Button>
        <p id="report-hint" className="text-nav text-ink3">{reportHint}</p>
        <p aria-live="polite" className="sr-only">{isSending ? 'Sending' : ''}</p>
      </div>
    </div>
  )
}

function AddressFields({ register, typed, errors }: Pick<TrackFieldsProps, 'register' | 'typed' | 'errors'>) {
  return (
    <>
      <TextField
        {...register('email')} id="email" label="E-mail address" hint="We write to it about the cases you ask for, and nothing else."
        type="email" autoComplete="email" spellCheck={false} autoCapitalize="none" maxLength={500}
        defaultValue={typed?.email ?? ''} error={errors.email}
      />
      <TextField
        {...register('confirmEmail')} id="confirmEmail" label="Confirm e-mail address"
        type="email" autoComplete="email" spellCheck={false} autoCapitalize="none" maxLength={500}
        defaultValue={typed?.confirmEmail ?? ''} error={errors.confirmEmail}
      />
    </>
  )
}

/** D1: shown, and changed elsewhere. */
function AddressOfAccount({ account }: { account: TrackingAccount }) {
  return (
    <div id="email">
      <p className="font-semibold">E-mail address</p>
      <p className="wrap-anywhere">{account.emailAddress}</p>
      <p className="text-nav text-ink3">The address of your account. To change it, go to <a href="/account">My Account</a>.</p>
    </div>
  )
}

function OptionChoice({ register, typed }: Pick<TrackFieldsProps, 'register' | 'typed'>) {
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">Also tell me</legend>
      <CheckboxRow {...register('eventTenDays')} id="eventTenDays" label={optionLabels.eventTenDays} defaultChecked={typed?.eventTenDays ?? false} />
      <CheckboxRow {...register('eventTwoDays')} id="eventTwoDays" label={optionLabels.eventTwoDays} defaultChecked={typed?.eventTwoDays ?? false} />
      <CheckboxRow {...register('paymentTwoDays')} id="paymentTwoDays" label={optionLabels.paymentTwoDays} defaultChecked={typed?.paymentTwoDays ?? false} />
    </fieldset>
  )
}

/**
 * Texts: phone and carrier open with the tick, by style alone, so that they open without JavaScript too and stand open in a
 * browser that cannot tell.
 */
function TextChoice({ register, typed, errors, texts }: Pick<TrackFieldsProps, 'register' | 'typed' | 'errors'> & { texts: TextSettings }) {
  return (
    <div>
      <CheckboxRow
        {...register('wantsText')} id="wantsText" label="Receive text notices" hint="Besides e-mail. Your phone is verified by a text of its own."
        defaultChecked={typed?.wantsText ?? false}
      />
      <div className="mt-4 space-y-6 border-l-4 border-rule pl-4 group-has-[#wantsText:not(:checked)]:hidden">
        <TextField
          {...register('phone')} id="phone" label="Phone number" hint="A US number that gets texts."
          type="tel" autoComplete="tel" maxLength={500} defaultValue={typed?.phone ?? ''} error={errors.phone}
        />
        <SelectField
          {...register('carrier')} id="carrier" label="Carrier" defaultValue={typed?.carrier ?? ''} error={errors.carrier}
          {...(texts.needsCarrier ? {} : { hint: 'You may leave this open.' })}
        >
          <option value="">{texts.needsCarrier ? 'Choose your carrier' : 'Not chosen'}</option>
          {texts.carriers.map(({ code, name, isAvailable, remark }) => (
            <option key={code} value={code} disabled={!isAvailable}>{remark === null ? name : `${name} (${remark})`}</option>
          ))}
        </SelectField>
      </div>
    </div>
  )
}
