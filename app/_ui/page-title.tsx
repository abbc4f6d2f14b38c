import type { ReactNode } from 'react'

/** The page's `h1`, with an optional line under it. */
export function PageTitle({ children, lead }: { children: ReactNode; lead?: ReactNode }) {
  return (
    <div className="mb-6">
      <h1 className="font-serif text-page font-semibold text-balance">{children}</h1>
      {lead === undefined ? null : <p className="mt-1 max-w-measure text-ink2">{lead}</p>}
    </div>
  )
}

/** An `h2` in the look of the file. */
export function SectionTitle({ id, children }: { id?: string; children: ReactNode }) {
  return <h2 {...(id === undefined ? {} : { id })} className="mb-2 font-serif text-section font-semibold">{children}</h2>
}
