import type { Metadata } from 'next'
import { getCaller } from '../_trpc/caller.ts'
import { DataTable } from '../_ui/data-table.tsx'
import { readFrame, type Frame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle, SectionTitle } from '../_ui/page-title.tsx'
import { Prose } from '../_ui/prose.tsx'
import { momentWords, serviceHoursWords } from '../../server/contract/hours-wording.ts'
import { outageWords, type OutagesView, type OutageView } from '../../server/contract/outages-view.ts'
import type { OutageKind } from '../../server/contract/vocabulary.ts'

export const metadata: Metadata = { title: 'Service status' }

const kinds: Record<OutageKind, string> = { planned: 'Planned', unplanned: 'Unplanned', missedEvening: 'Late notices', database: 'Unplanned' }

/** Whether all is well, and the log of outages: under way, planned and past (I6). */
export default async function StatusPage() {
  const [frame, outages] = await Promise.all([readFrame(), readOutages()])
  const { helpDesk, now, opensAt, serviceHours, serviceName, timeZone } = frame
  return (
    <PageMain width="narrow">
      <PageTitle lead={`This page was made on ${momentWords(now, timeZone)}`}>Service status</PageTitle>
      <Prose>
        <p className="border-l-4 border-primary bg-sheet p-4.5 text-lead"><strong>{stateWords(serviceName, outages)}</strong></p>
        {opensAt === null ? null : <p>Outside service hours now. It opens on {momentWords(opensAt, timeZone)}</p>}
        {serviceHours === null ? null : <p>Service hours, court time: {serviceHoursWords(serviceHours)}</p>}
      </Prose>
      {outages === null ? null : (
        <>
          {outages.current.length === 0 ? null : <Outages title="Now" outages={outages.current} frame={frame} none="" />}
          <Outages title="Planned outages" outages={outages.planned.filter(isPlanned)} frame={frame} none="None is planned. A planned outage is announced at least three business days ahead." />
          {outages.planned.every(isPlanned) ? null : (
            <Outages title="Expected outages" outages={outages.planned.filter((outage) => !isPlanned(outage))} frame={frame} none="" />
          )}
          <Outages title="Past outages" outages={outages.past} frame={frame} none="None so far." />
        </>
      )}
      <Prose>
        <h2>Whom to ask</h2>
        <p>
          If something seems wrong, ask the {helpDesk.name}: <a className="wrap-anywhere" href={`mailto:${helpDesk.email}`}>{helpDesk.email}</a> or{' '}
          {helpDesk.phone}, {helpDesk.hours}.
        </p>
      </Prose>
    </PageMain>
  )
}

/** Null while the database, which keeps the log, does not answer. */
async function readOutages(): Promise<OutagesView | null> {
  try {
    return await (await getCaller()).site.outages()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SERVICE_UNAVAILABLE') return null
    throw error
  }
}

function stateWords(serviceName: string, outages: OutagesView | null): string {
  if (outages === null) return `${serviceName} has a problem: its database does not answer, so that the log of outages cannot be shown.`
  if (outages.current.length === 0) return `${serviceName} is running. All is well.`
  return outages.current.every(({ kind }) => kind === 'missedEvening')
    ? `${serviceName} is running, but notices are late.`
    : `${serviceName} has an outage.`
}

const isPlanned = ({ kind }: OutageView): boolean => kind === 'planned'

interface OutagesProps {
  readonly title: string
  readonly outages: readonly OutageView[]
  readonly frame: Frame
  readonly none: string
}

function Outages({ title, outages, frame: { now, timeZone }, none }: OutagesProps) {
  return (
    <section className="mt-9">
      <SectionTitle>{title}</SectionTitle>
      {outages.length === 0 ? <p className="text-ink2">{none}</p> : (
        <DataTable
          caption={title}
          columns={[{ label: 'When' }, { label: 'What' }, { label: 'Kind' }]}
          rows={outages.map((outage) => ({ key: String(outage.id), cells: [outageWords(outage, timeZone, now), outage.what, kinds[outage.kind]] }))}
        />
      )}
    </section>
  )
}
