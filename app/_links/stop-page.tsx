import { stopChoices, type StopChoice } from '../../server/contract/vocabulary.ts'
import { stopChoiceLabels, stopped } from '../../server/contract/wording.ts'
import { Button } from '../_ui/button.tsx'
import { RadioRow } from '../_ui/checkbox-row.tsx'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { ResultMessage } from '../_ui/result-message.tsx'
import { Sheet } from '../_ui/sheet.tsx'

interface StopPageProps {
  readonly question: string
  readonly token: string
  readonly scope: 'case' | 'all'
  /** What the link asked for; both choices are always shown (E1). */
  readonly choice: string
  /** The answer in its exact words once YES was pressed. */
  readonly result: string | null
}

/** E1 to E3: asks, and changes nothing before YES. NO leads home. */
export function StopPage({ question, token, scope, choice, result }: StopPageProps) {
  if (result !== null) return <Stopped result={result} scope={scope} />
  const chosen: StopChoice = choice === 'textOnly' ? 'textOnly' : 'emailAndText'
  return (
    <PageMain width="narrow">
      <Sheet isPanel>
        <form method="post" action="/api/forms/stop" aria-labelledby="question">
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="scope" value={scope} />
          <fieldset className="mb-6">
            <legend className="mb-4"><h1 id="question" className="font-serif text-page font-semibold text-balance">{question}</h1></legend>
            {stopChoices.map((one) => (
              <RadioRow key={one} id={one} name="choice" value={one} label={stopChoiceLabels[one]} defaultChecked={one === chosen} />
            ))}
          </fieldset>
          <div className="grid grid-cols-2 gap-4 sm:flex">
            <Button name="answer" value="YES" className="sm:min-w-36">YES</Button>
            <Button kind="secondary" form="keep" className="sm:min-w-36">NO</Button>
          </div>
        </form>
        <form id="keep" method="get" action="/" />
        <p className="mt-5 text-nav text-ink3">Nothing changes before you press YES. NO leads to the home page.</p>
      </Sheet>
    </PageMain>
  )
}

function Stopped({ result, scope }: Pick<StopPageProps, 'scope'> & { result: string }) {
  return (
    <PageMain width="narrow">
      <PageTitle>Stop Tracking</PageTitle>
      <ResultMessage heading="Done"><p>{result}</p></ResultMessage>
      <div className="max-w-measure space-y-3">
        {result === stopped[scope].textOnly ? <p>Notices by e-mail go on as before.</p> : (
          <>
            <p>An e-mail that was on its way already may still arrive.</p>
            <p>
              To track {scope === 'case' ? 'it' : 'a case'} again, <a href="/">find the case</a> and ask on its page. You confirm your address
              again, and get new links.
            </p>
          </>
        )}
      </div>
    </PageMain>
  )
}
