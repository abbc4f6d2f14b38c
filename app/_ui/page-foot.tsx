import { notOfficial } from '../../server/contract/wording.ts'

interface HelpDesk {
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly hours: string
}

/** The foot of every page: whom to ask, who answers for the service, and what it is not. */
export function PageFoot({ helpDesk, legalAuthority }: { helpDesk: HelpDesk; legalAuthority: string }) {
  return (
    <footer className="relative z-10 border-t border-rule bg-wash text-nav text-ink2 print:text-fine">
      <div className="mx-auto grid max-w-page gap-x-14 gap-y-6 px-4.5 py-8 md:grid-cols-2 md:px-8">
        <section aria-labelledby="foot-help">
          <h2 id="foot-help" className="font-serif text-lead font-semibold text-ink">{helpDesk.name}</h2>
          <ul className="mt-1">
            <li><a className="inline-flex min-h-11 items-center break-all" href={`mailto:${helpDesk.email}`}>{helpDesk.email}</a></li>
            <li><a className="inline-flex min-h-11 items-center" href={`tel:${helpDesk.phone.replace(/[^\d+]/g, '')}`}>{helpDesk.phone}</a></li>
            <li className="py-2">{helpDesk.hours}</li>
          </ul>
        </section>
        <section aria-labelledby="foot-about">
          <h2 id="foot-about" className="font-serif text-lead font-semibold text-ink">About this service</h2>
          <p className="mt-2 max-w-measure">{notOfficial}</p>
          <p className="mt-2 max-w-measure">Provided by: {legalAuthority}.</p>
          <ul className="mt-1 flex flex-wrap gap-x-6 print:hidden">
            <li><a className="inline-flex min-h-11 items-center" href="/accessibility">Accessibility</a></li>
            <li><a className="inline-flex min-h-11 items-center" href="/privacy">Privacy</a></li>
            <li><a className="inline-flex min-h-11 items-center" href="/status">Service status</a></li>
          </ul>
        </section>
      </div>
    </footer>
  )
}
