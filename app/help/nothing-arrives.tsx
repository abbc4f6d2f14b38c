import type { HelpRules } from './told-table.ts'

interface NothingArrivesProps {
  readonly texts: HelpRules['texts']
  readonly sender: { readonly email: string }
  readonly hasServiceHours: boolean
}

/** What to check when nothing arrives (J1), the likeliest first. */
export function NothingArrives({ texts, sender, hasServiceHours }: NothingArrivesProps) {
  return (
    <>
      <h2 id="nothing">Nothing arrives?</h2>
      <ul>
        <li>Look for <span className="wrap-anywhere">{sender.email}</span> in spam, and add it to your contacts.</li>
        <li>Ask for a tracking report: is the case in it? If not, the address was mistyped or never confirmed.</li>
        <li>Look at the docket of the case: was anything entered since you confirmed? What was there before is not told.</li>
        <li>Was the entry corrected or voided the same day? Then one notice says what it had become by the evening.</li>
        <li>See whether <a href="/courts">the court takes part</a>, and whether the case is still shown: nothing is sent about a case that is confidential.</li>
        <li>Make sure that your mailbox is not full, and that your mail program does not block us.</li>
        {hasServiceHours ? <li>Was the service closed? What comes outside service hours is told by the next evening.</li> : null}
        {texts === null ? null : (
          <li>
            For texts: did you confirm the phone by its own link, {texts.takesReplies ? 'did you ever answer STOP, ' : ''}and is your carrier still the one
            you chose?
          </li>
        )}
        <li>See <a href="/status">the service status</a>: late notices are listed there.</li>
      </ul>
    </>
  )
}
