import { answerPage } from '../../_pages/answer-page.tsx'
import { LinkNoLongerWorks } from '../../_links/link-no-longer-works.tsx'
import { linkPageMetadata, type LinkPageProps } from '../../_links/link-page.ts'
import { getCaller } from '../../_trpc/caller.ts'
import { readFrame } from '../../_ui/frame.ts'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { TrackedCase } from './tracked-case.tsx'

export const metadata = linkPageMetadata('Tracking Report')

/** E8: what an address tracks, as things stand now. */
export default answerPage(async function ReportPage({ params }: LinkPageProps) {
  const { token } = await params
  const report = await (await getCaller()).tracking.report({ token })
  if (report.kind === 'invalid') {
    return (
      <LinkNoLongerWorks>
        <p>To protect what you track, the link to a report works for 24 hours. It may also have been cut short or changed on its way.</p>
        <p>To get another, <a href="/">find any case</a> that can be tracked, choose Track This Case on its page and press Tracking Report.</p>
      </LinkNoLongerWorks>
    )
  }
  const { helpDesk } = await readFrame()
  const { length } = report.cases
  return (
    <PageMain>
      <PageTitle lead={<>What <strong className="wrap-anywhere">{report.emailAddress}</strong> tracks, in order of case number.</>}>Tracking Report</PageTitle>
      {length === 0 ? <p>This address tracks no case now.</p> : (
        <>
          <p className="mb-3 font-semibold">{length === 1 ? '1 case' : `${length} cases`}</p>
          <ol className="border-y-2 border-ink bg-sheet">
            {report.cases.map((one) => <TrackedCase key={one.stopAddress} tracked={one} />)}
          </ol>
          <section aria-labelledby="all" className="mt-8 max-w-measure">
            <h2 id="all" className="mb-1 font-serif text-section font-semibold">Stop Tracking ALL Cases</h2>
            <p>You are asked once more before anything stops.</p>
            <ul className="flex flex-wrap gap-x-6">
              <li><a className="inline-flex min-h-11 items-center" href={report.stopAllAddress}>Stop e-mail and text<span className="sr-only"> for all cases</span></a></li>
              <li><a className="inline-flex min-h-11 items-center" href={report.stopAllTextAddress}>Stop text only<span className="sr-only"> for all cases</span></a></li>
            </ul>
          </section>
        </>
      )}
      <p className="mt-8 max-w-measure">
        Questions? The {helpDesk.name}: <a href={`tel:${helpDesk.phone.replace(/[^\d+]/g, '')}`}>{helpDesk.phone}</a> or{' '}
        <a className="wrap-anywhere" href={`mailto:${helpDesk.email}`}>{helpDesk.email}</a>, {helpDesk.hours}.
      </p>
    </PageMain>
  )
})
