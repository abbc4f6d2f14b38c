import { outageWords, type OutageView } from '../../server/contract/outages-view.ts'

/** One announced outage: what it is, when, and where to read more. */
export function MastheadAnnouncement({ outage, now, timeZone }: { outage: OutageView; now: Date; timeZone: string }) {
  return (
    <li className="border-rule py-2 text-nav not-first:border-t">
      <strong>{titleOf(outage, now)}</strong> {outageWords(outage, timeZone, now)} <span className="wrap-anywhere">{outage.what}</span>{' '}
      <a href="/status" className="whitespace-nowrap">Service status</a>
    </li>
  )
}

function titleOf({ kind, startsAt }: OutageView, now: Date): string {
  if (startsAt > now) return kind === 'planned' ? 'Planned outage:' : 'Outage to come:'
  return kind === 'planned' ? 'Planned outage, now:' : 'Problem with the service:'
}
