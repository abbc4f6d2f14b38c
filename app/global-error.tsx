'use client'

import './globals.css'
import { PageMain } from './_ui/page-main.tsx'
import { PageTitle } from './_ui/page-title.tsx'

/** The last resort: shown when not even the frame of a page could be made, so it knows nothing of the court. */
export default function GlobalErrorPage() {
  return (
    <html lang="en">
      <body>
        <PageMain width="narrow">
          <title>Problem with the service</title>
          <PageTitle>Sorry, there is a problem with the service</PageTitle>
          <p className="max-w-measure">Try again later. Nothing that you track has changed.</p>
          <p className="mt-4"><a className="inline-flex min-h-11 items-center" href="/">Go to the first page</a></p>
        </PageMain>
      </body>
    </html>
  )
}
