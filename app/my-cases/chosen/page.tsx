import { mostChosenCases, myCasesAddress, type MyCaseView } from '../../../server/contract/my-cases-view.ts'
import { ownPath } from '../../../server/contract/own-path.ts'
import { optionLabels, stopChosenQuestion } from '../../../server/contract/wording.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { getCaller, orNotFound } from '../../_trpc/caller.ts'
import { requireAccount } from '../../_trpc/require-account.ts'
import { Button } from '../../_ui/button.tsx'
import { CheckboxRow } from '../../_ui/checkbox-row.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import { queryValue, type Query } from '../../_ui/with-query.ts'

export const metadata = { title: 'Chosen cases', robots: { index: false, follow: false } }

/** G2: asks before it stops several cases, and which reminders they shall have. Changes nothing before its button is pressed. */
export default answerPage(async function ChosenCasesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  await requireAccount('/my-cases')
  const ids = [query['case'] ?? []].flat().slice(0, mostChosenCases).map(Number)
  const cases = await orNotFound((await getCaller()).myCases.listAll({ ids: ids.length > 0 && ids.every((id) => Number.isSafeInteger(id) && id > 0) ? ids : [Number.MAX_SAFE_INTEGER] }))
  const path = ownPath(queryValue(query, 'back').slice(0, 1_000))
  const back = path !== null && /^\/my-cases(?=[?]|$)/.test(path) ? path : myCasesAddress({})
  return (
    <PageMain width="narrow">
      <Sheet isPanel>
        {queryValue(query, 'do') === 'options' ? <Reminders cases={cases} back={back} /> : <Stopping cases={cases} back={back} />}
      </Sheet>
    </PageMain>
  )
})

interface Chosen {
  readonly cases: readonly MyCaseView[]
  readonly back: string
}

const heading = 'mb-5 font-serif text-page font-semibold text-balance wrap-anywhere'

function Stopping({ cases, back }: Chosen) {
  const hasTexts = cases.some(({ texts }) => texts !== null && texts !== 'off')
  return (
    <>
      <h1 className={heading}>{stopChosenQuestion(cases.length)}</h1>
      <List cases={cases} />
      <form method="post" action="/api/forms/my-cases">
        <Hidden cases={cases} back={back} />
        <div className="grid grid-cols-2 gap-4 sm:flex">
          <Button className="sm:min-w-36" name="action" value="stop">YES</Button>
          <Button kind="secondary" className="sm:min-w-36" name="action" value="back">NO</Button>
        </div>
        {hasTexts ? <Button kind="secondary" className="mt-4" name="action" value="stopTexts">Stop text only</Button> : null}
      </form>
      <p className="mt-5 text-nav text-ink3">Nothing changes before you press a button. YES stops e-mail and text. Stopped cases stay in My Cases under “Stopped”, and can be tracked again. NO leads back to your cases.</p>
    </>
  )
}

function Reminders({ cases, back }: Chosen) {
  return (
    <>
      <h1 className={heading}>Change reminders</h1>
      <List cases={cases} />
      <form method="post" action="/api/forms/my-cases" className="space-y-6">
        <Hidden cases={cases} back={back} />
        <fieldset>
          <legend className="mb-1 font-semibold">Notices besides those of new entries</legend>
          {(['eventTenDays', 'eventTwoDays', 'paymentTwoDays'] as const).map((option) => (
            <CheckboxRow key={option} id={option} name={option} label={optionLabels[option]} defaultChecked={cases.every(({ options }) => options[option])} />
          ))}
        </fieldset>
        <div className="flex flex-wrap gap-4">
          <Button name="action" value="reminders">Save</Button>
          <Button kind="secondary" name="action" value="back">Cancel</Button>
        </div>
        <p className="text-nav text-ink3">A box is ticked where all of these cases have it. What you save holds for each of them.</p>
      </form>
    </>
  )
}

const List = ({ cases }: Pick<Chosen, 'cases'>) => (
  <ul className="mb-5 space-y-1" aria-label="Chosen cases">
    {cases.map(({ subscription, number, caption }) => <li key={subscription} className="wrap-anywhere"><span className="tabular-nums">{number}</span> <span className="text-ink2">{caption}</span></li>)}
  </ul>
)

const Hidden = ({ cases, back }: Chosen) => (
  <>
    {cases.map(({ subscription }) => <input key={subscription} type="hidden" name="case" value={subscription} />)}
    <input type="hidden" name="back" value={back} />
  </>
)
