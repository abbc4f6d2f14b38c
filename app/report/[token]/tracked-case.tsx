import type { TrackedCaseView } from '../../../server/contract/views.ts'
import { chosenOptions, textNoticesSaid } from '../../../server/contract/wording.ts'
import { Pill } from '../../_ui/pill.tsx'

/** One tracked case of the report: what comes for it, and both ways to stop. */
export function TrackedCase({ tracked }: { tracked: TrackedCaseView }) {
  const { caseNumber, caption, options } = tracked
  const chosen = chosenOptions(options)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-2 border-t border-rule p-4.5 first:border-t-0 lg:grid-cols-[minmax(0,5fr)_minmax(0,5fr)_minmax(0,4fr)]">
      <div>
        <h2 className="font-serif text-lead font-semibold"><a className="tabular-nums" href={tracked.caseAddress}>{caseNumber}</a></h2>
        <p className="text-ink2 wrap-anywhere">{caption}</p>
        {tracked.isClosed ? (
          <p className="mt-1 text-nav"><Pill tone="plain">Closed case</Pill> Later entries are still told. You can stop.</p>
        ) : null}
        {tracked.untold === null ? null : (
          <p className="mt-1 text-nav"><Pill tone="amber">Nothing comes</Pill> {tracked.untold}</p>
        )}
      </div>
      <dl className="text-nav">
        {tracked.texts === null ? null : (
          <div><dt className="inline text-ink3">Text notices: </dt><dd className="inline">{textNoticesSaid(tracked.texts, tracked.phoneEnding)}</dd></div>
        )}
        <div><dt className="inline text-ink3">Notices ahead: </dt><dd className="inline">{chosen.length === 0 ? 'none' : chosen.join('; ')}</dd></div>
      </dl>
      <div className="text-nav">
        <p className="font-semibold">Stop Tracking</p>
        <ul>
          <li><a className="inline-flex min-h-11 items-center" href={tracked.stopAddress}>Stop e-mail and text<span className="sr-only"> for case {caseNumber}</span></a></li>
          <li><a className="inline-flex min-h-11 items-center" href={tracked.stopTextAddress}>Stop text only<span className="sr-only"> for case {caseNumber}</span></a></li>
        </ul>
      </div>
    </li>
  )
}
