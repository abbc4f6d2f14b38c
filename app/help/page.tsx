import type { Metadata } from 'next'
import { getCaller } from '../_trpc/caller.ts'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { HelpBody } from './help-body.tsx'

export const metadata: Metadata = { title: 'Help' }

export default async function HelpPage() {
  const [{ helpDesk, sender, serviceHours, whoMayTrack }, rules] = await Promise.all([readFrame(), (await getCaller()).site.rules()])
  return (
    <PageMain width="narrow">
      <PageTitle lead="How to find a case, track it, and stop. It is free.">Help</PageTitle>
      <HelpBody rules={rules} serviceHours={serviceHours} whoMayTrack={whoMayTrack} sender={sender} helpDesk={helpDesk} />
    </PageMain>
  )
}
