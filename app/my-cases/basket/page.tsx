import { formMetadata, readFormPage } from '../../_forms/read-form-page.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { readBasket } from '../../_trpc/basket.ts'
import { getCaller } from '../../_trpc/caller.ts'
import { requireAccount } from '../../_trpc/require-account.ts'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { DataTable } from '../../_ui/data-table.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { ResultMessage } from '../../_ui/result-message.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import type { Query } from '../../_ui/with-query.ts'
import { lineResult, lineSubject } from '../several/line-result.tsx'
import { NoticeChoices } from '../several/notice-choices.tsx'

export const generateMetadata = formMetadata('Check your cases')

/** G6: the cases gathered from search results, before they are tracked together. */
export default answerPage(async function BasketPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { emailAddress } = await requireAccount('/my-cases/basket')
  const [form, basket] = [await readFormPage(searchParams), await readBasket(emailAddress)]
  const views = basket.length === 0 ? [] : await (await getCaller()).myCases.several.look({ lines: basket })
  const count = views.filter((view) => view.kind === 'case' && !view.isTracked).length
  const rows = basket.map((one, at) => {
    const view = views[at]
    const state = view?.kind !== 'case' ? lineResult(view, null) : view.isTracked ? 'You track this case already.' : 'Not tracked yet.'
    return {
      key: `${one.court} ${one.number}`,
      cells: [
        lineSubject(one.number, view), state,
        <form key="remove" method="post" action="/api/forms/basket">
          <button name="remove" value={JSON.stringify([one.number, one.court])} className="inline-flex min-h-11 cursor-pointer items-center text-link underline" type="submit">
            Remove<span className="sr-only"> {one.number}</span>
          </button>
        </form>,
      ],
    }
  })
  return (
    <PageMain>
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <PageTitle lead={basket.length === 0 ? undefined : `Nothing is tracked before you press the button. Notices go to ${emailAddress}.`}>Check your cases</PageTitle>
      {form.message === null ? null : <ResultMessage heading="Your basket"><p>{form.message}</p></ResultMessage>}
      {basket.length === 0 ? (
        <>
          <p className="mb-5">Your basket is empty. Search for cases, choose some and press “Add to basket”.</p>
          <ButtonLink href="/">Find cases</ButtonLink>
        </>
      ) : (
        <>
          <DataTable caption="Cases in your basket" columns={[{ label: 'Case' }, { label: 'Tracking' }, { label: 'Change' }]} rows={rows} />
          {count === 0 ? <p className="mt-5">None of them can be tracked anew.</p> : (
            <Sheet isPanel className="mt-7">
              <form id="form" method="post" action="/api/forms/several" className="space-y-6">
                <NoticeChoices chosen={null} />
                <Button name="action" value="basket">{count === 1 ? 'Start tracking 1 case' : `Start tracking ${count} cases`}</Button>
              </form>
            </Sheet>
          )}
        </>
      )}
      <p className="mt-5 flex flex-wrap gap-x-6">
        <a className="inline-flex min-h-11 items-center" href="/my-cases">My Cases</a>
        <a className="inline-flex min-h-11 items-center" href="/my-cases/several">Track from a list of case numbers</a>
      </p>
    </PageMain>
  )
})
