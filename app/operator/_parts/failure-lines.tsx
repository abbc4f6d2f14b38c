import { Fragment } from 'react'
import { DataTable } from '../../_ui/data-table.tsx'
import { Pill } from '../../_ui/pill.tsx'
import type { FailureView } from '../../../server/contract/operator-view.ts'
import { ActForm } from './act-form.tsx'
import { kindNames, stateNames } from './kind-names.ts'

/** Messages that failed, were parked or came back, and what may be done about each. */
export function FailureLines({ failures, when }: { failures: readonly FailureView[]; when: (instant: Date) => string }) {
  return (
    <DataTable
      isDense
      caption="Messages that did not arrive, the newest first"
      columns={[
        { label: 'Message' }, { label: 'To' }, { label: 'State' }, { label: 'Tries', isNumber: true }, { label: 'Why' }, { label: 'What to do' },
      ]}
      rows={failures.map((failure) => ({
        key: String(failure.id),
        cells: [
          <Fragment key="message">{failure.id}<br /><span className="font-normal md:whitespace-nowrap">{kindNames[failure.kind]}</span></Fragment>,
          failure.recipient,
          <Fragment key="state">
            <Pill tone={failure.state === 'parked' ? 'amber' : 'red'}>{stateNames[failure.state]}</Pill><br />
            <span className="md:whitespace-nowrap">{when(failure.settledAt ?? failure.createdAt)}</span>
          </Fragment>,
          failure.attempts, failure.reason ?? '', <Remedy key="remedy" failure={failure} />,
        ],
      }))}
    />
  )
}

function Remedy({ failure: { id, state } }: { failure: FailureView }) {
  if (state === 'bounced') return <span className="font-normal text-ink2">The provider took it: it is not sent again.</span>
  return (
    <ActForm action="retry" id={id} button="Retry" of={`message ${id}`}>
      {state === 'parked' ? (
        <label className="flex min-h-11 cursor-pointer items-center gap-2 font-normal">
          <input type="checkbox" name="mayLeaveTwice" required />
          Nobody knows whether it left: it may leave twice
        </label>
      ) : null}
    </ActForm>
  )
}
