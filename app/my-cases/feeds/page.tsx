import { answerPage } from '../../_pages/answer-page.tsx'
import { formMetadata, readFormPage } from '../../_forms/read-form-page.ts'
import { getCaller } from '../../_trpc/caller.ts'
import { requireAccount } from '../../_trpc/require-account.ts'
import { Button } from '../../_ui/button.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { TextField } from '../../_ui/field.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle, SectionTitle } from '../../_ui/page-title.tsx'
import { ResultMessage } from '../../_ui/result-message.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import type { Query } from '../../_ui/with-query.ts'
import type { PrivateFeed } from '../../../server/contract/feeds-view.ts'
import { BackLinks, myCases } from '../_sent/back-links.tsx'

export const generateMetadata = formMetadata('Calendar and feeds')

const kinds = [
  {
    feed: 'calendar', title: 'Calendar', label: 'Calendar address', make: 'Make a calendar address', revoke: 'Revoke the calendar address',
    what: 'All hearings and trials of the cases you track, for a calendar program: it shows moved and cancelled ones by itself. Add it as a calendar from an address, or “by URL”.',
  },
  {
    feed: 'atom', title: 'Feed', label: 'Feed address', make: 'Make a feed address', revoke: 'Revoke the feed address',
    what: 'The newest docket entries of the cases you track, for a feed reader (Atom).',
  },
] as const satisfies readonly { readonly feed: PrivateFeed; readonly [word: string]: string }[]

/** G5. */
export default answerPage(async function FeedsPage({ searchParams }: { searchParams: Promise<Query> }) {
  await requireAccount('/my-cases/feeds')
  const [form, feeds] = await Promise.all([readFormPage(searchParams), (await getCaller()).myCases.feeds.show()])
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <BackLinks links={[myCases]} />
      <PageTitle lead="Private addresses that a program reads. Whoever has one can see which cases you track, so share it with nobody.">Calendar and feeds</PageTitle>
      {form.message === null ? null : <ResultMessage heading="Done"><p>{form.message}</p></ResultMessage>}
      <div id="form" tabIndex={-1} className="space-y-6">
        {kinds.map(({ feed, title, label, make, revoke, what }) => {
          const address = feeds[feed]
          return (
            <Sheet key={feed} isPanel>
              <SectionTitle>{title}</SectionTitle>
              <p className="max-w-measure text-ink2">{what}</p>
              {address === null ? null : (
                <div className="mt-4">
                  <TextField id={`${feed}-address`} name={`${feed}-address`} label={label} hint="Select it all and copy it." readOnly value={address} spellCheck={false} />
                </div>
              )}
              <form method="post" action="/api/forms/feeds" className="mt-4">
                <input type="hidden" name="feed" value={feed} />
                <input type="hidden" name="act" value={address === null ? 'make' : 'revoke'} />
                <Button kind={address === null ? 'primary' : 'secondary'}>{address === null ? make : revoke}</Button>
                {address === null ? null : <p className="mt-2 text-fine text-ink3">A revoked address stops working at once. You can make another one then.</p>}
              </form>
            </Sheet>
          )
        })}
      </div>
      <p className="mt-6 max-w-measure">Times in a calendar can be late or wrong: check the case page before each hearing.</p>
    </PageMain>
  )
})
