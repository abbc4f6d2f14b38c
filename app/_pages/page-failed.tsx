import type { ReactNode } from 'react'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'

/** What stands in place of a page that could not be made. The children offer another try where a script can. */
export function PageFailed({ children }: { children?: ReactNode }) {
  return (
    <PageMain width="narrow">
      <PageTitle>Sorry, there is a problem with the service</PageTitle>
      <p className="max-w-measure">Try again later. Nothing that you track has changed. The help desk’s number stands at the foot of the page.</p>
      {children}
    </PageMain>
  )
}
