import type { Metadata } from 'next'
import { caseAddress } from '../../../../server/contract/case-address.ts'
import { answerMetadata, answerPage } from '../../../_pages/answer-page.tsx'
import { readAnswer } from '../../../_links/link-page.ts'
import { AccountNeeded } from '../../../login/account-needed.tsx'
import { getCaller } from '../../../_trpc/caller.ts'
import { readFrame } from '../../../_ui/frame.ts'
import { PageMain } from '../../../_ui/page-main.tsx'
import { queryValue } from '../../../_ui/with-query.ts'
import { CourtChoice } from '../_case/court-choice.tsx'
import { caseMetadata, readCase, type CasePageProps } from '../_case/read-case.ts'
import { BeforeYouTrack } from './before-you-track.tsx'
import { TrackForm, type Posted } from './track-form.tsx'

export const generateMetadata = answerMetadata(async (props: CasePageProps): Promise<Metadata> => {
  const [metadata, posted] = await Promise.all([caseMetadata(props, 'Track This Case'), readPosted(props)])
  return posted?.answer?.kind === 'errors' ? { ...metadata, title: `Error: ${metadata.title}` } : metadata
})

/** B1: the form, after what a visitor should know of it (B7). */
export default answerPage(async function TrackPage(props: CasePageProps) {
  const found = await readCase(props, 'track')
  if (found.kind === 'choice') return <CourtChoice number={found.number} cases={found.cases} tab="track" />
  const { number, caption, court, needsCourt, untrackable } = found.case
  const [{ sender, helpDesk, whoMayTrack }, settings, posted] = await Promise.all([readFrame(), (await getCaller()).tracking.settings(), readPosted(props)])
  const isAccountNeeded = whoMayTrack === 'accounts' && settings.account === null
  const address = caseAddress(number, court.code, needsCourt)
  const formAddress = caseAddress(number, court.code, needsCourt, 'track')
  return (
    <PageMain>
      <p className="mb-2 text-nav"><a href={address} className="inline-flex min-h-11 items-center">Back to case {number}</a></p>
      <h1 className="mb-4 font-serif text-page font-semibold">Track This Case</h1>
      <div className="mb-7 border-l border-rule-strong pl-4">
        <p className="text-lead font-[650] tracking-[0.015em] tabular-nums">{number}</p>
        <p className="max-w-measure font-serif text-lead font-semibold wrap-anywhere">{caption}</p>
        <p className="text-nav text-ink2">{court.name}</p>
      </div>
      {untrackable !== null ? <p className="max-w-measure">{untrackable}</p> : (
        <TrackForm
          number={number} court={court.code} caseAddress={address} formAddress={formAddress}
          settings={settings} senderEmail={sender.email} helpDesk={helpDesk} posted={posted} isReportOnly={isAccountNeeded}
        >
          {isAccountNeeded ? <AccountNeeded next={formAddress} /> : <BeforeYouTrack caseNumber={number} sender={sender} texts={settings.texts} isLoggedIn={settings.account !== null} />}
        </TrackForm>
      )}
    </PageMain>
  )
})

/** The answer to a form that was posted without JavaScript, and what was typed in it. */
async function readPosted({ searchParams }: CasePageProps): Promise<Posted | null> {
  const answer = await readAnswer(queryValue(await searchParams, 'answer'))
  switch (answer?.kind) {
    case 'result': return {
      answer: { kind: 'result', message: answer.message, textMessage: answer.textMessage, email: answer.email ?? '' },
      typed: answer.values,
    }
    case 'errors': return { answer: { kind: 'errors', fields: answer.fields }, typed: answer.values }
    case 'refused': return { answer: { kind: 'errors', fields: {}, general: answer.message }, typed: answer.values }
    // Open again: the form as it was left.
    case 'closed': return { answer: null, typed: answer.values }
    case 'untaken':
    case undefined: return null
  }
}
