import { Button } from '../_ui/button.tsx'
import { Sheet } from '../_ui/sheet.tsx'

/** The whole service in two minutes, and the two buttons that stand in for a court and for the evening. */
export function Story() {
  return (
    <Sheet isPanel>
      <h2 id="story" tabIndex={-1} className="mb-3 font-serif text-section font-semibold">Try it in two minutes</h2>
      <form method="post" action="/api/forms/mailbox">
        <ol className="list-decimal space-y-3 pl-6 marker:font-semibold marker:text-ink3">
          <li><a href="/">Find a case</a> and open it. Choose Track This Case, and give any e-mail address.</li>
          <li>Come back here and open the message that arrived. Follow its link and press Confirm.</li>
          <li>
            Let a court enter something:
            <Button kind="secondary" name="action" value="entry" className="mt-2 w-full">Add an invented entry to a tracked case</Button>
          </li>
          <li>
            Do not wait for the evening:
            <Button kind="secondary" name="action" value="evening" className="mt-2 w-full">Run this evening's digest</Button>
          </li>
          <li>Open the notice. Its links stop the case again.</li>
        </ol>
      </form>
    </Sheet>
  )
}
