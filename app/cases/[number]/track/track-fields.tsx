import type { Ref } from 'react'
import type { UseFormRegister } from 'react-hook-form'
import type { FieldErrors, TrackingForm } from '../../../../server/contract/tracking-form.ts'
import { remindersNotYet, textsNotYet } from '../../../../server/contract/wording.ts'
import { Button } from '../../../_ui/button.tsx'
import { CheckboxRow } from '../../../_ui/checkbox-row.tsx'
import { SelectField, TextField } from '../../../_ui/field.tsx'
import { CaptchaField, type Captcha } from './captcha-field.tsx'
import type { TrackFormProps } from './track-form.tsx'

interface TrackFieldsProps extends Pick<TrackFormProps, 'settings' | 'helpDesk'> {
  readonly typed: TrackingForm | null
  readonly register: UseFormRegister<TrackingForm>
  readonly errors: FieldErrors
  readonly isSending: boolean
  readonly captcha: Ref<Captcha>
}

/** The controls of B1, in the words of the contract, and the two buttons. */
export function TrackFields({ register, typed, errors, settings, helpDesk, isSending, captcha }: TrackFieldsProps) {
  return (
    <div className="group space-y-6">
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
      {settings.isTextOffered ? <TextChoice register={register} typed={typed} errors={errors} settings={settings} /> : null}
      <fieldset aria-describedby="reminders-hint">
        <legend className="font-semibold">Also tell me</legend>
        <p id="reminders-hint" className="mb-2 text-nav text-ink3">{remindersNotYet}</p>
        <CheckboxRow {...register('eventTenDays')} id="eventTenDays" label="10 days before a scheduled event" defaultChecked={typed?.eventTenDays ?? false} />
        <CheckboxRow {...register('eventTwoDays')} id="eventTwoDays" label="2 days before a scheduled event" defaultChecked={typed?.eventTwoDays ?? false} />
        <CheckboxRow {...register('paymentTwoDays')} id="paymentTwoDays" label="2 days before a scheduled payment" defaultChecked={typed?.paymentTwoDays ?? false} />
      </fieldset>
      <CaptchaField ref={captcha} settings={settings.captcha} helpDesk={helpDesk} error={errors.captcha} />
      <div className="space-y-3">
        <Button name="action" value="track" aria-disabled={isSending} className="min-h-13 w-full aria-disabled:opacity-60">Track This Case</Button>
        <p className="text-nav text-ink3">We send you a link to confirm. It works for 7 days.</p>
      </div>
      <div className="space-y-3 border-t border-rule pt-5">
        <Button kind="secondary" name="action" value="report" aria-disabled={isSending} aria-describedby="report-hint" className="w-full aria-disabled:opacity-60">
          Tracking Report
        </Button>
        <p id="report-hint" className="text-nav text-ink3">We send the list of the cases that this address tracks, with links to stop. It asks for no new case.</p>
        <p aria-live="polite" className="sr-only">{isSending ? 'Sending' : ''}</p>
      </div>
    </div>
  )
}

/**
 * Texts: phone and carrier open with the tick, by style alone, so that they open without JavaScript too and stand open in a
 * browser that cannot tell.
 */
function TextChoice({ register, typed, errors, settings }: Pick<TrackFieldsProps, 'register' | 'typed' | 'errors' | 'settings'>) {
  return (
    <div>
      <CheckboxRow
        {...register('wantsText')} id="wantsText" label="Receive text notices" hint={textsNotYet} defaultChecked={typed?.wantsText ?? false}
      />
      <div className="mt-4 space-y-6 border-l-4 border-rule pl-4 group-has-[#wantsText:not(:checked)]:hidden">
        <TextField
          {...register('phone')} id="phone" label="Phone number" hint="A US number that gets texts."
          type="tel" autoComplete="tel" maxLength={500} defaultValue={typed?.phone ?? ''} error={errors.phone}
        />
        <SelectField
          {...register('carrier')} id="carrier" label="Carrier" defaultValue={typed?.carrier ?? ''} error={errors.carrier}
          {...(settings.needsCarrier ? {} : { hint: 'You may leave this open.' })}
        >
          <option value="">{settings.needsCarrier ? 'Choose your carrier' : 'Not chosen'}</option>
          {settings.carriers.map((carrier) => <option key={carrier.code} value={carrier.code}>{carrier.name}</option>)}
        </SelectField>
      </div>
    </div>
  )
}
