'use client'

import { usePathname } from 'next/navigation'

/** The links of the masthead; the one that leads to the page shown is marked. */
export function MastheadLinks({ links, hasSession }: { links: readonly { href: string; label: string }[]; hasSession: boolean }) {
  const path = usePathname()
  return (
    <ul className="flex flex-wrap gap-x-5 sm:gap-x-6">
      {links.map(({ href, label }) => (
        <li key={href}>
          <a
            href={href}
            aria-current={path === href ? 'page' : undefined}
            className="flex min-h-11 items-center border-b-3 border-transparent pt-[3px] text-nav text-white no-underline hover:text-white hover:underline aria-[current]:border-brass"
          >
            {label}
          </a>
        </li>
      ))}
      {hasSession ? (
        <li>
          <form method="post" action="/api/forms/log-out">
            <button className="flex min-h-11 cursor-pointer items-center border-b-3 border-transparent pt-[3px] text-nav text-white hover:underline">Log out</button>
          </form>
        </li>
      ) : null}
    </ul>
  )
}
