import type { ReactNode } from 'react'

/**
 * What came of something a visitor did. Only `children` stand in the `role="status"` element: the exact words of a rule.
 * The rule and the words are seal red, as people know them; the heading and the sign tell it from an error.
 */
export function ResultMessage({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <div className="mb-6 flex gap-4 border-l-4 border-red bg-sheet p-4.5 sm:p-6">
      <svg className="mt-0.5 flex-none text-green" width="26" height="26" viewBox="0 0 26 26" fill="none" stroke="currentColor" strokeWidth="2.2" aria-hidden="true">
        <circle cx="13" cy="13" r="11.5" />
        <path d="m7.5 13.5 4 4 7.5-8.5" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <div className="min-w-0">
        <h2 className="font-serif text-section font-semibold">{heading}</h2>
        <div role="status" className="mt-1 max-w-measure space-y-3 text-red">{children}</div>
      </div>
    </div>
  )
}
