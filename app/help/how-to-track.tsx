import { accountNeeded } from '../../server/contract/hours-wording.ts'
import type { HelpProps } from './help-body.tsx'

/** The form step by step (B1 to C4), where anyone may track. */
export function HowToTrack({ rules: { leadDays, texts }, sender }: Pick<HelpProps, 'rules' | 'sender'>) {
  const { events: [longer, shorter], payments: [before] } = leadDays
  return (
    <>
      <ol>
        <li>Open the case. Under Case Header, press “Track This Case”.</li>
        <li>Type your e-mail address twice{texts === null ? '' : ', and tick “Receive text notices” and give your phone number if you want texts too'}.</li>
        <li>
          Tick what else you want: a notice {longer} days and {shorter} days before scheduled court events, and {before} {before === 1 ? 'day' : 'days'}{' '}
          before the due date of scheduled payments.
        </li>
        <li>Pass the verification, and press “Track This Case”. It is free, for any number of cases.</li>
        <li>
          Open the e-mail we send you from <span className="wrap-anywhere">{sender.email}</span>, follow its link, and press “Confirm”. The link
          works for 7 days and only opening it does nothing. Until you confirm, nothing is tracked; from then on every change counts.
        </li>
        {texts === null ? null : (
          <li>Then open the text we send to your phone, follow its link, and press “Confirm” there too. Texts can only begin after your e-mail is verified.</li>
        )}
      </ol>
      <p>To choose otherwise later, fill in the form of the same case again. We send an e-mail to confirm the change, so that nobody else can make it.</p>
    </>
  )
}

/** Where only accounts may track (I3). */
export function AccountsOnly() {
  return (
    <p>
      {accountNeeded} <a href="/register">Register</a> or <a href="/login">log in</a>, open the case and press “Track This Case”: it is tracked at once. What was
      tracked without an account goes on: you are told of it, see it in a tracking report, and can stop it.
    </p>
  )
}
