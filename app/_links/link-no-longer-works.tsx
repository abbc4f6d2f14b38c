import type { ReactNode } from 'react'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'

/** The one page for a link that does nothing, whatever the reason (C3). The children say what to do next. */
export async function LinkNoLongerWorks({ children }: { children: ReactNode }) {
  const { helpDesk } = await readFrame()
  return (
    <PageMain width="narrow">
      <PageTitle>This link does not work</PageTitle>
      <div className="max-w-measure space-y-4">
        {children}
        <p>If it came from your e-mail program in two lines, copy all of it into the address bar.</p>
        <p>
          The {helpDesk.name} can help: <a href={`tel:${helpDesk.phone.replace(/[^\d+]/g, '')}`}>{helpDesk.phone}</a>{' '}
          or <a className="wrap-anywhere" href={`mailto:${helpDesk.email}`}>{helpDesk.email}</a>, {helpDesk.hours}.
        </p>
      </div>
    </PageMain>
  )
}
