import type { Metadata } from 'next'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { Prose } from '../_ui/prose.tsx'
import { queryValue, type Query } from '../_ui/with-query.ts'
import { accountNeeded } from '../../server/contract/hours-wording.ts'
import { ownPath } from '../../server/contract/own-path.ts'

export const metadata: Metadata = { title: 'Log in', robots: { index: false, follow: false } }

/** Says honestly that there are no accounts yet, and whom to ask; leads back only to a page of ours (S10). */
export default async function LoginPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [query, { helpDesk, whoMayTrack }] = await Promise.all([searchParams, readFrame()])
  const next = ownPath(queryValue(query, 'next'))
  return (
    <PageMain width="narrow">
      <PageTitle>Log in</PageTitle>
      <Prose>
        <p><strong>Accounts are not open yet at this court.</strong> Nobody can log in or register for now.</p>
        <p>
          {whoMayTrack === 'accounts'
            ? `${accountNeeded} Until accounts open, new cases cannot be tracked here. What is tracked already goes on, and its links to stop work.`
            : 'You need none: every case that can be tracked is tracked with an e-mail address alone.'}
        </p>
        <p>
          Ask the {helpDesk.name}: {helpDesk.phone} or <a className="wrap-anywhere" href={`mailto:${helpDesk.email}`}>{helpDesk.email}</a>, {helpDesk.hours}.
        </p>
        <p><a className="inline-flex min-h-11 items-center" href={next ?? '/'}>{next === null ? 'Find a case' : 'Go back'}</a></p>
      </Prose>
    </PageMain>
  )
}
