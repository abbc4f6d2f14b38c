import type { ReactNode } from 'react'

/** Running text of a page that is read: headings, paragraphs, lists and links in one measure. */
export function Prose({ children }: { children: ReactNode }) {
  return (
    <div className="max-w-[66ch] space-y-3 [&_h2]:mt-9 [&_h2]:mb-2 [&_h2]:font-serif [&_h2]:text-section [&_h2]:font-semibold [&_h3]:mt-5 [&_h3]:font-[650] [&_li]:mt-1.5 [&_ol]:list-decimal [&_ol]:pl-6 [&_ul]:list-disc [&_ul]:pl-5 [&_ul>li]:marker:text-red">
      {children}
    </div>
  )
}
