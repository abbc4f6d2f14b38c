'use client'

import { Button } from './_ui/button.tsx'
import { PageMain } from './_ui/page-main.tsx'
import { PageTitle } from './_ui/page-title.tsx'

/** Shown in place of a page that could not be made. The server has logged why. */
export default function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <PageMain width="narrow">
      <title>Problem with the service</title>
      <PageTitle>Sorry, there is a problem with the service</PageTitle>
      <p className="max-w-measure">Try again later. Nothing that you track has changed. The help desk’s number stands at the foot of the page.</p>
      <Button type="button" className="mt-6" onClick={() => { retry() }}>Try again</Button>
    </PageMain>
  )
}
