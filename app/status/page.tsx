import type { Metadata } from 'next'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { Prose } from '../_ui/prose.tsx'
import { formatInstant } from '../../server/contract/court-time.ts'

export const metadata: Metadata = { title: 'Service status' }

export default async function StatusPage() {
  const { helpDesk, now, serviceName, timeZone } = await readFrame()
  return (
    <PageMain width="narrow">
      <PageTitle>Service status</PageTitle>
      <Prose>
        <p><strong>{serviceName} is running.</strong> This page was made on {formatInstant(now, timeZone)}</p>
        <p>
          If something seems wrong, ask the {helpDesk.name}: <a className="wrap-anywhere" href={`mailto:${helpDesk.email}`}>{helpDesk.email}</a> or{' '}
          {helpDesk.phone}, {helpDesk.hours}.
        </p>
      </Prose>
    </PageMain>
  )
}
