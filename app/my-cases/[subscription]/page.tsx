import { stopInMyCases } from '../../../server/contract/consent-wording.ts'
import { addDays, dayOf, formatDay } from '../../../server/contract/court-time.ts'
import { longestPauseDays, type MyCaseView } from '../../../server/contract/my-cases-view.ts'
import { entryChoices } from '../../../server/contract/vocabulary.ts'
import { entryChoiceLabels, mailWaits, textNoticesSaid } from '../../../server/contract/wording.ts'
import { formMetadata, readFormPage, type FormPage } from '../../_forms/read-form-page.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { getCaller, orNotFound } from '../../_trpc/caller.ts'
import { requireAccount } from '../../_trpc/require-account.ts'
import { Button } from '../../_ui/button.tsx'
import { middleDay } from '../../_ui/day-words.ts'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { TextField } from '../../_ui/field.tsx'
import { readFrame } from '../../_ui/frame.ts'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle, SectionTitle } from '../../_ui/page-title.tsx'
import { Pill } from '../../_ui/pill.tsx'
import { ResultMessage } from '../../_ui/result-message.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import { queryValue, type Query } from '../../_ui/with-query.ts'
import { EntryPreview } from '../_preview/entry-preview.tsx'
import { CaseChoices } from './case-choices.tsx'

export const generateMetadata = formMetadata('Options of a case')

interface Props {
  readonly params: Promise<{ subscription: string }>
  readonly searchParams: Promise<Query>
}

/** G2: what an account chooses for one of its cases. */
export default answerPage(async function MyCasePage({ params, searchParams }: Props) {
  const { subscription } = await params
  await requireAccount(`/my-cases/${subscription}`)
  const id = /^[1-9]\d{0,14}$/.test(subscription) ? Number(subscription) : Number.MAX_SAFE_INTEGER
  const { myCases } = await getCaller()
  const one = await orNotFound(myCases.one({ id }))
  const [preview, form, frame, query] = await Promise.all([myCases.preview.entries({ subscriptionId: id }), readFormPage(searchParams), readFrame(), searchParams])
  const looked = entryChoices.find((choice) => choice === queryValue(query, 'entries')) ?? one.entryChoice
  return (
    <PageMain width="narrow">
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <p className="text-nav"><a className="inline-flex min-h-11 items-center" href="/my-cases">My Cases</a></p>
      <PageTitle lead={<><a href={one.address}>{one.number}</a> · {one.court.shortName} · {one.caseTypeName}{one.status === 'closed' ? ' · Closed' : ''}</>}>{one.caption}</PageTitle>
      {form.message === null ? null : <ResultMessage heading="Done"><p>{form.message}</p></ResultMessage>}
      <StateLine one={one} />
      <div id="form" className="space-y-7">
        <Sheet isPanel><CaseChoices one={one} typedNote={form.typed['note']} back={`/my-cases/${one.subscription}`} /></Sheet>
        <Sheet>
          <EntryPreview preview={preview} shown={looked} />
          <p className="mt-3 flex flex-wrap items-center gap-x-4 text-nav">
            Look at:{' '}
            {entryChoices.filter((choice) => choice !== looked).map((choice) => (
              <a key={choice} className="inline-flex min-h-11 items-center" href={`/my-cases/${one.subscription}?entries=${choice}#entry-preview`}>{entryChoiceLabels[choice]}</a>
            ))}
          </p>
        </Sheet>
        {one.state.kind === 'stopped' ? null : <Sheet><Pausing one={one} form={form} today={dayOf(frame.now, frame.timeZone)} /></Sheet>}
        <Sheet><Stopping one={one} /></Sheet>
      </div>
      <p className="mt-6"><a className="inline-flex min-h-11 items-center" href={`/my-cases/why/${one.subscription}`}>Why did I not get a notice?</a></p>
    </PageMain>
  )
})

function StateLine({ one: { state, texts, phoneEnding, untold } }: { one: MyCaseView }) {
  return (
    <div className="mb-6 space-y-1">
      <p>
        E-mail: {state.kind === 'active' ? <Pill tone="green">On</Pill> : state.kind === 'stopped' ? <Pill tone="plain">Stopped</Pill>
          : state.kind === 'pending' ? <Pill tone="amber">Waiting to be confirmed by e-mail</Pill>
            : <Pill tone="amber">{state.until === null ? 'Paused' : `Paused until ${middleDay(state.until)}`}</Pill>}
      </p>
      {state.kind === 'paused' && state.because === 'delivery' && state.until !== null ? <p>{mailWaits(formatDay(state.until))}</p> : null}
      {state.kind === 'paused' && state.because === 'delivery' && state.until === null ? <p>Mail to your address came back, so we paused it. Mend your address in <a href="/account">My Account</a>, then press Resume.</p> : null}
      {texts === null ? null : <p>Text notices: {textNoticesSaid(texts, phoneEnding)}</p>}
      {untold === null ? null : <p className="text-amber">{untold} Nothing comes for it any more.</p>}
    </div>
  )
}

const Hidden = ({ one }: { one: MyCaseView }) => (
  <>
    <input type="hidden" name="case" value={one.subscription} />
    <input type="hidden" name="back" value={`/my-cases/${one.subscription}`} />
  </>
)

function Pausing({ one, form, today }: { one: MyCaseView; form: FormPage; today: string }) {
  const { state } = one
  return (
    <form method="post" action="/api/forms/my-cases" className="space-y-4">
      <SectionTitle>Pause e-mail</SectionTitle>
      <Hidden one={one} />
      <p className="max-w-measure text-ink2">Nothing comes by e-mail while it is paused. The first notice afterwards tells in short what was missed.</p>
      <TextField
        id="until" name="until" type="date" label="Until" hint="Notices come again on the evening of this day. Leave it empty to pause until you resume."
        min={addDays(today, 1)} max={addDays(today, longestPauseDays)} defaultValue={form.typed['until'] ?? (state.kind === 'paused' ? state.until ?? '' : '')} error={form.fields['until']}
      />
      <div className="flex flex-wrap gap-3">
        <Button kind="secondary" name="action" value="pause">Pause</Button>
        {state.kind === 'active' ? null : <Button name="action" value="resume">{state.kind === 'paused' ? 'Resume' : 'Track it now'}</Button>}
      </div>
    </form>
  )
}

function Stopping({ one }: { one: MyCaseView }) {
  const { state, texts } = one
  return (
    <form id="stop" method="post" action="/api/forms/my-cases" className="space-y-4">
      <SectionTitle>{state.kind === 'stopped' ? 'You stopped tracking this case' : 'Stop tracking'}</SectionTitle>
      <Hidden one={one} />
      {one.status === 'closed' && state.kind !== 'stopped' ? <p className="max-w-measure text-ink2">The case is closed. You are still told of what is entered in it, until you stop.</p> : null}
      <div className="flex flex-wrap gap-3">
        {state.kind === 'stopped' ? <Button name="action" value="resume">Track it again</Button> : <Button kind="secondary" name="action" value="stop">{stopInMyCases.emailAndText}</Button>}
        {texts === null || texts === 'off' ? null : <Button kind="secondary" name="action" value="stopTexts">{stopInMyCases.textOnly}</Button>}
      </div>
      <p className="text-nav text-ink3">A stopped case stays in My Cases under “Stopped”, and can be tracked again.</p>
    </form>
  )
}
