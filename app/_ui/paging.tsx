import { withQuery } from './with-query.ts'

/** Links to the neighbouring pages of a long list; nothing where it has one page. */
export function Paging({ address, page, pageCount, of }: { address: string; page: number; pageCount: number; of: string }) {
  if (pageCount < 2) return null
  const link = 'inline-flex min-h-11 items-center font-semibold'
  const addressOf = (other: number): string => withQuery(address, { page: other === 1 ? '' : String(other) })
  return (
    <nav aria-label={`Pages of ${of}`} className="mt-6 flex flex-wrap items-center gap-x-6 print:hidden">
      {page > 1 ? <a className={link} href={addressOf(page - 1)} rel="prev">Previous page</a> : null}
      <span className="text-ink2 tabular-nums">Page {page.toLocaleString('en-US')} of {pageCount.toLocaleString('en-US')}</span>
      {page < pageCount ? <a className={link} href={addressOf(page + 1)} rel="next">Next page</a> : null}
    </nav>
  )
}
