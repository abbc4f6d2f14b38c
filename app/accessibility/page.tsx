import type { Metadata } from 'next'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { Prose } from '../_ui/prose.tsx'

export const metadata: Metadata = { title: 'Accessibility' }

export default async function AccessibilityPage() {
  const { helpDesk, serviceName } = await readFrame()
  return (
    <PageMain width="narrow">
      <PageTitle>Accessibility</PageTitle>
      <Prose>
        <p>
          {serviceName} is built to the Web Content Accessibility Guidelines (WCAG) 2.2, level AA. That is our aim. It has been checked with
          automatic tools while it was built, and not yet by an outside auditor.
        </p>
        <h2>What you can count on</h2>
        <ul>
          <li>Everything can be done with a keyboard alone, and what has the focus is plain to see.</li>
          <li>Searching and reading need no scripts.</li>
          <li>Pages fit a narrow screen and can be enlarged. They follow your device’s dark mode and its wish for less motion.</li>
          <li>Color is never all that tells one thing from another.</li>
        </ul>
        <h2>What may stand in your way</h2>
        <ul>
          <li>Docket text is shown as the court entered it. It can hold abbreviations, and spacing that does not read well aloud.</li>
          <li>The tracking form asks for a verification that you are human. If it stops you, tell the help desk.</li>
        </ul>
        <h2>Tell us</h2>
        <p>
          If something does not work for you, write to <a className="wrap-anywhere" href={`mailto:${helpDesk.email}`}>{helpDesk.email}</a> or
          call {helpDesk.phone} ({helpDesk.name}, {helpDesk.hours}). Say which page, and what you use to read it.
        </p>
      </Prose>
    </PageMain>
  )
}
