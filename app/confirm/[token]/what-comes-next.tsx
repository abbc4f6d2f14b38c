import { notOfficial } from '../../../server/contract/wording.ts'

/** What comes after a confirmation, by e-mail or by text. */
export function WhatComesNext({ isByText }: { isByText: boolean }) {
  return (
    <section aria-labelledby="next" className="mt-8 max-w-measure">
      <h2 id="next" className="mb-2 font-serif text-section font-semibold">What happens now</h2>
      <ul className="list-disc space-y-2 pl-5 marker:text-margin-line">
        {isByText ? (
          <>
            <li>You get one text for each thing that is entered in the case, soon after it arrives. What arrives at night waits for the morning.</li>
            <li>E-mail goes on as before. To stop, use the link at the end of any text.</li>
          </>
        ) : (
          <>
            <li>On an evening when something was entered in the case, you get one e-mail with all of it. When nothing was entered, nothing comes.</li>
            <li>To stop, use the links at the end of every e-mail. They need no password and do not run out.</li>
          </>
        )}
        <li>{notOfficial} Look at the case page before each hearing.</li>
      </ul>
    </section>
  )
}
