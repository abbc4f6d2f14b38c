import type { ReactNode } from 'react'

/**
 * The one `main` of a page, where the skip link leads. `narrow` is for pages that are read or filled in,
 * `wide` for the case file and lists.
 */
export function PageMain({ width = 'wide', children }: { width?: 'wide' | 'narrow'; children: ReactNode }) {
  const widest = width === 'wide' ? 'max-w-page' : 'max-w-3xl'
  return (
    <main id="main" tabIndex={-1} className={`mx-auto w-full ${widest} flex-1 px-4.5 pt-6 pb-16 md:px-8 print:box-decoration-clone print:px-0 print:pt-9 print:pb-0`}>
      {children}
    </main>
  )
}
