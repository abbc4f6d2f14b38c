import type { HelpRules } from './told-table.ts'

/** What those should know who get texts (B7, E6, F7). Stands only where the court sends them. */
export function TextHelp({ texts: { sender, takesReplies } }: { texts: NonNullable<HelpRules['texts']> }) {
  return (
    <>
      <h2 id="texts">Texts</h2>
      <ul>
        <li>They come from {sender}: one for each new, corrected or voided entry, with a link to the case and a short link to stop.</li>
        <li>Your carrier may charge for them. Only the carriers listed in the form are available.</li>
        <li>A phone that you confirmed once needs no second verification for your other cases.</li>
        <li>The link in each text stops them. The page it opens lets you stop texts alone and keep the e-mail.</li>
        {takesReplies ? (
          <>
            <li>Answer STOP, and no text comes to that phone any more, whichever case it is about. E-mail goes on.</li>
            <li>Answer START, and texts come again. What came in between is not sent after you.</li>
            <li>Answer HELP, and we say who we are and whom to ask. Other replies are not read.</li>
          </>
        ) : <li>Replies are not read.</li>}
      </ul>
    </>
  )
}
