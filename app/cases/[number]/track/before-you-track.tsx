interface BeforeYouTrackProps {
  readonly caseNumber: string
  readonly sender: { readonly name: string; readonly email: string }
  /** Null where the court sends no texts. */
  readonly texts: { readonly sender: string; readonly takesReplies: boolean } | null
  /** Whose address is verified already, so that a text waits for nothing (C4). */
  readonly isLoggedIn: boolean
}

/** What B7 says before anyone asks, in plain words. */
export function BeforeYouTrack({ caseNumber, sender, texts, isLoggedIn }: BeforeYouTrackProps) {
  return (
    <section aria-labelledby="before" className="lg:sticky lg:top-5">
      <h2 id="before" className="mb-3 font-serif text-section font-semibold">Before you ask</h2>
      <ul className="max-w-measure list-disc space-y-2.5 pl-5 marker:text-margin-line">
        <li>It is free, for any number of cases.</li>
        <li>Your request covers case number <strong className="inline-block tabular-nums">{caseNumber}</strong> only. Every other case needs its own request, even one with the same names.</li>
        <li>Notices are a courtesy. They are not official court notice, service of process or legal advice.</li>
        <li>
          Notices leave in the evening. They can be late or lost. That excuses no deadline and no appearance: a deadline runs from the
          filing date, not from the day you hear of it.
        </li>
        <li>E-mail comes from {sender.name} (<span className="wrap-anywhere">{sender.email}</span>). Replies are not read.</li>
        {texts === null ? null : (
          <>
            <li>
              Texts come from {texts.sender}. Replies are not read{texts.takesReplies ? ', except STOP and HELP' : ''}. Your carrier may charge you
              for texts. Only the carriers listed in the form are available.
            </li>
            {isLoggedIn ? null : (
              <li className="-ml-5 list-none border-l-4 border-amber bg-amber-wash px-4 py-3">
                IMPORTANT: your e-mail request must be verified before your text request can be activated.
              </li>
            )}
          </>
        )}
      </ul>
    </section>
  )
}
