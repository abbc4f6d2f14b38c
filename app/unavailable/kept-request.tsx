import { Button } from '../_ui/button.tsx'
import { Sheet } from '../_ui/sheet.tsx'
import type { TrackingForm } from '../../server/contract/tracking-form.ts'
import { chosenOptions } from '../../server/contract/wording.ts'

interface KeptRequestProps {
  readonly number: string
  readonly court: string
  readonly values: TrackingForm
  /** Whether the court sends texts (I3). */
  readonly hasTexts: boolean
}

/** What was typed in a form that came while the service was closed, and the way on with it: nothing of it is kept by us (B6). */
export function KeptRequest({ number, court, values, hasTexts }: KeptRequestProps) {
  const { email, confirmEmail, phone, carrier, wantsText, eventTenDays, eventTwoDays, paymentTwoDays } = values
  const shown = [
    ['Case', number], ['E-mail address', email], ['Confirm e-mail address', confirmEmail],
    ...(wantsText && hasTexts ? [['Phone number', phone] as const] : []),
    ['Also tell me', chosenOptions(values).join(', ')],
  ] as const
  const ticked = { wantsText, eventTenDays, eventTwoDays, paymentTwoDays }
  return (
    <Sheet isPanel>
      <p className="font-[650]">Your request was not sent. What you typed is still here.</p>
      <dl className="mt-3 border-b border-rule">
        {shown.map(([name, value]) => (
          <div key={name} className="grid gap-x-4 border-t border-rule py-2 sm:grid-cols-[13rem_minmax(0,1fr)]">
            <dt className="text-ink3">{name}</dt>
            <dd className="wrap-anywhere">{value === '' ? 'Nothing' : value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3">Leave this page open. When the service is open, go on from here: the form comes back filled in.</p>
      <form method="post" action="/api/forms/track" className="mt-4">
        {Object.entries({ number, court, email, confirmEmail, phone, carrier }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {Object.entries(ticked).map(([name, isTicked]) => (isTicked ? <input key={name} type="hidden" name={name} value="on" /> : null))}
        <Button name="action" value="again">Go on with this request</Button>
      </form>
    </Sheet>
  )
}
