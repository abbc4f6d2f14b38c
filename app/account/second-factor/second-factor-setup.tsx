import type { SecondFactorView } from '../../../server/contract/second-factor-view.ts'
import { Button } from '../../_ui/button.tsx'
import { TextField } from '../../_ui/field.tsx'
import { SectionTitle } from '../../_ui/page-title.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import { QrCode } from './qr-code.tsx'

interface Where {
  readonly page: string
  /** Where it goes on to. */
  readonly next: string | null
  readonly error: string | undefined
}

/** The code of an app, or a recovery code, with what it is for. */
export function CodeForm({ action, button, hint, page, next, error, label = 'Code' }: Where & { action: string; button: string; hint?: string; label?: string }) {
  return (
    <form id="form" tabIndex={-1} method="post" action="/api/forms/second-factor" noValidate className="space-y-5">
      <input type="hidden" name="action" value={action} />
      <input type="hidden" name="page" value={page} />
      {next === null ? null : <input type="hidden" name="next" value={next} />}
      <TextField
        id="code" name="code" label={label} autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} maxLength={40}
        {...(hint === undefined ? {} : { hint })} error={error}
      />
      <Button className="min-h-13 w-full">{button}</Button>
    </form>
  )
}

/** The three steps of setting one up: what the app is given, what is kept for a lost phone, and the first code. */
export function SecondFactorSetup({ proposed, ...where }: Where & { proposed: NonNullable<SecondFactorView['proposed']> }) {
  return (
    <ol className="space-y-6">
      <li>
        <Sheet>
          <SectionTitle>1. Give it to your app</SectionTitle>
          <p className="mb-4 max-w-measure">Scan this with an authenticator app, or type the letters below into it. They are shown until you have given a code.</p>
          <QrCode text={proposed.address} label="QR code of your second factor; the letters below say the same" />
          <p className="mt-4 text-nav text-ink3" id="secret-name">Letters for the app</p>
          <p aria-labelledby="secret-name" role="group" className="text-lead font-semibold wrap-anywhere tabular-nums">{proposed.secret.match(/.{1,4}/g)?.join(' ')}</p>
        </Sheet>
      </li>
      <li>
        <Sheet>
          <SectionTitle>2. Keep these recovery codes</SectionTitle>
          <p className="mb-4 max-w-measure">Each does once for the code of the app, where your phone is lost. Print them or write them down now: they are not shown again.</p>
          <ul className="grid gap-x-8 gap-y-1 font-semibold tabular-nums sm:grid-cols-2">
            {proposed.recoveryCodes.map((code) => <li key={code} className="wrap-anywhere">{code}</li>)}
          </ul>
        </Sheet>
      </li>
      <li>
        <Sheet isPanel className="max-w-md">
          <SectionTitle>3. Give the first code</SectionTitle>
          <CodeForm {...where} action="confirm" button="Finish" hint="The six digits that your app shows now." />
        </Sheet>
      </li>
    </ol>
  )
}
