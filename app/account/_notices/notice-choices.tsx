import { Button } from '../../_ui/button.tsx'
import { CheckboxRow } from '../../_ui/checkbox-row.tsx'

/** How an account's notices come (F2, F11). A plain form. */
export function NoticeChoices({ isBundled, isPrivate }: { readonly isBundled: boolean; readonly isPrivate: boolean }) {
  return (
    <form method="post" action="/api/forms/notice-choices">
      <fieldset className="mb-5">
        <legend className="mb-3 font-semibold">Your notices</legend>
        <CheckboxRow
          id="isBundled" name="isBundled" value="yes" label="Send one e-mail for all my cases" defaultChecked={isBundled}
          hint="Otherwise each case with something new has an e-mail of its own that evening."
        />
        <CheckboxRow
          id="isPrivate" name="isPrivate" value="yes" label="Keep my notices private" defaultChecked={isPrivate}
          hint="A notice then shows the case number and a link, and nothing of what was filed."
        />
      </fieldset>
      <Button>Save</Button>
    </form>
  )
}
