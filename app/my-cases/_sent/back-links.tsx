/** The way back from a page under My Cases. */
export function BackLinks({ links }: { links: readonly { readonly href: string; readonly label: string }[] }) {
  return (
    <nav aria-label="Back" className="-mt-2.5 mb-1 flex flex-wrap gap-x-5 text-nav print:hidden">
      {links.map(({ href, label }) => <a key={href} href={href} className="inline-flex min-h-11 items-center">{label}</a>)}
    </nav>
  )
}

export const myCases = { href: '/my-cases', label: 'My Cases' } as const
export const allSent = { href: '/my-cases/sent', label: 'What we sent you' } as const
