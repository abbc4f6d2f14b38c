'use client'

import { Button } from './_ui/button.tsx'
import { PageFailed } from './_pages/page-failed.tsx'

/** Shown by a script in place of a page that failed while it was shown. The server has logged why. */
export default function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <PageFailed>
      <title>Problem with the service</title>
      <Button type="button" className="mt-6" onClick={() => { retry() }}>Try again</Button>
    </PageFailed>
  )
}
