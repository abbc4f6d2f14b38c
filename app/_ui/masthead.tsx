import type { OutageView } from '../../server/contract/outages-view.ts'
import type { Visitor } from '../_trpc/visitor.ts'
import type { Frame } from './frame.ts'
import { MastheadAnnouncement } from './masthead-announcement.tsx'
import { MastheadLinks } from './masthead-links.tsx'
import { Scales } from './scales.tsx'

/** The bar and the courtesy strip at the top of every page, and outages under them from their announcement until they end (I6). */
export function Masthead({ frame, announced, visitor }: { frame: Frame; announced: readonly OutageView[]; visitor: Visitor | null }) {
  const { serviceName, isMailboxOpen, now, timeZone } = frame
  const links = [
    { href: '/', label: 'Find a case' },
    { href: '/courts', label: 'Courts' },
    { href: '/help', label: 'Help' },
    ...(visitor === null ? [{ href: '/login', label: 'Log in' }] : [{ href: '/my-cases', label: 'My Cases' }, { href: '/account', label: 'My Account' }]),
    ...(visitor?.isOperator === true ? [{ href: '/operator', label: 'Operator' }] : []),
    ...(isMailboxOpen ? [{ href: '/mailbox', label: 'Mailbox' }] : []),
  ]
  return (
    <header className="print:hidden">
      <div className="bg-navy-deep">
        <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-7 px-4.5 py-2 md:min-h-16 md:px-8">
          {/* No link: "Find a case" leads home, and a link named as the service would pass for the one that tracks a case. */}
          <p className="flex min-h-11 items-center gap-3 font-serif text-[1.18rem] font-semibold text-white">
            <Scales />
            {serviceName}
          </p>
          <nav aria-label="Main">
            <MastheadLinks links={links} hasSession={visitor !== null} />
          </nav>
        </div>
      </div>
      <div className="border-b border-rule bg-wash">
        <p className="mx-auto max-w-page px-4.5 py-2 text-fine text-ink2 md:px-8">
          What we send is a courtesy. It is <strong>not</strong> official court notice and changes no deadline.
        </p>
      </div>
      {announced.length === 0 ? null : (
        <section aria-label="Announcements" className="border-b border-rule bg-amber-wash">
          <ul className="mx-auto max-w-page px-4.5 md:px-8">
            {announced.map((outage) => <MastheadAnnouncement key={outage.id} outage={outage} now={now} timeZone={timeZone} />)}
          </ul>
        </section>
      )}
    </header>
  )
}
