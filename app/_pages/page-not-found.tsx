import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'

/** What stands on every address that leads nowhere: the same of a case that never was and of one that is not public (A6). */
export async function PageNotFound() {
  const { helpDesk } = await readFrame()
  return (
    <PageMain width="narrow">
      <PageTitle>Page not found</PageTitle>
      <ul className="max-w-measure list-disc space-y-2 pl-5 marker:text-red">
        <li>If you typed the address, check it.</li>
        <li>If you looked for a case, check its number, or <a href="/">search for it</a>.</li>
        <li>If you came from a link, it may be old.</li>
      </ul>
      <p className="mt-4 max-w-measure">You can ask the {helpDesk.name} at {helpDesk.phone}.</p>
    </PageMain>
  )
}
