import type { Metadata } from 'next'
import { answerMetadata, answerPage } from '../../_pages/answer-page.tsx'
import { getCaller } from '../../_trpc/caller.ts'
import { readListAnswer, type ListAnswer } from '../../_trpc/list-answer.ts'
import { requireAccount } from '../../_trpc/require-account.ts'
import { Button } from '../../_ui/button.tsx'
import { DataTable } from '../../_ui/data-table.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle, SectionTitle } from '../../_ui/page-title.tsx'
import { ResultMessage } from '../../_ui/result-message.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import { TextArea } from '../../_ui/text-area.tsx'
import { queryValue, type Query } from '../../_ui/with-query.ts'
import { lineText, mostLines, type CaseLineView, type LineOutcome } from '../../../server/contract/several-view.ts'
import { lineResult, lineSubject } from './line-result.tsx'
import { NoticeChoices } from './notice-choices.tsx'

interface Props {
  readonly searchParams: Promise<Query>
}

const readAnswer = async ({ searchParams }: Props): Promise<ListAnswer | null> => readListAnswer(queryValue(await searchParams, 'answer'))

export const generateMetadata = answerMetadata(async (props: Props): Promise<Metadata> => {
  const answer = await readAnswer(props)
  return { title: `${answer?.error ? 'Error: ' : ''}Track several cases`, robots: { index: false, follow: false } }
})

/** G6: a list of case numbers, pasted or from a file, and what became of each of its lines. */
export default answerPage(async function SeveralPage(props: Props) {
  const { emailAddress } = await requireAccount('/my-cases/several')
  const answer = await readAnswer(props)
  const isTaken = answer !== null && answer.error === null
  const lines = answer?.lines ?? []
  const views = isTaken && lines.length > 0 ? await (await getCaller()).myCases.several.look({ lines: lines.map(([number, court]) => ({ number, court })) }) : []
  const toMend = lines.filter(([, , outcome]) => !isTaken || outcome === 'wrong').map(([number, court]) => lineText({ number, court }))
  return (
    <PageMain>
      {answer?.error ? <ErrorSummary errors={[{ fieldId: 'cases', message: answer.error }]} /> : null}
      <PageTitle lead={`Notices go to ${emailAddress}.`}>Track several cases</PageTitle>
      {isTaken ? <Taken answer={answer} views={views} /> : null}
      <Sheet isPanel>
        <form method="post" action="/api/forms/several" encType="multipart/form-data" className="space-y-6" aria-labelledby="list">
          <h2 id="list" className="font-serif text-section font-semibold">{isTaken && toMend.length > 0 ? 'Lines to mend' : isTaken ? 'Another list' : 'Your list'}</h2>
          {answer !== null && answer.leftOut > 0 ? <p className="font-semibold">{leftOutWords(answer.leftOut)}</p> : null}
          <TextArea
            id="cases" name="cases" label="Case numbers" rows={Math.min(Math.max(toMend.length + 1, 8), 20)} spellCheck={false} autoCapitalize="none"
            className="tabular-nums" defaultValue={toMend.join('\n')} error={answer?.error ?? undefined}
            hint={<>One on each line, up to {mostLines}. Where several courts have a number, name the court after a comma: <span className="whitespace-nowrap">26AB-CV00001, 13-BOONE</span>.</>}
          />
          <div>
            <label htmlFor="file" className="block font-semibold">Or choose a file</label>
            <div id="file-hint" className="mb-1.5 text-nav text-ink3">Text or CSV. The case numbers stand in the first column, or in one that is called “Case number”.</div>
            <input id="file" name="file" type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" aria-describedby="file-hint" className="block min-h-12 w-full py-2" />
          </div>
          <NoticeChoices chosen={answer?.options ?? null} />
          <Button name="action" value="list">Start tracking these cases</Button>
        </form>
      </Sheet>
      <p className="mt-5"><a className="inline-flex min-h-11 items-center" href="/my-cases">My Cases</a></p>
    </PageMain>
  )
})

const cases = (count: number): string => (count === 1 ? '1 case' : `${count} cases`)
const lineCount = (count: number): string => (count === 1 ? '1 line' : `${count} lines`)

const leftOutWords = (count: number): string =>
  `${lineCount(count)} more found no room here. Take ${count === 1 ? 'it' : 'them'} from your own list: what is sent again is not tracked twice.`

function Taken({ answer: { counts, lines }, views }: { answer: ListAnswer; views: readonly CaseLineView[] }) {
  const kept = lines.map(([number, court, outcome], at) => ({ text: lineText({ number, court }), outcome, view: views[at], key: String(at) }))
  const rowsOf = (isMeant: (outcome: LineOutcome | null) => boolean) => kept.filter(({ outcome }) => isMeant(outcome))
    .map(({ key, text, view, outcome }) => ({ key, cells: [lineSubject(text, view), lineResult(view, outcome)] }))
  const columns = [{ label: 'Case' }, { label: 'Result' }]
  const wrong = rowsOf((outcome) => outcome === 'wrong')
  const taken = rowsOf((outcome) => outcome !== 'wrong')
  return (
    <>
      <ResultMessage heading={counts.wrong === 0 ? 'Done' : 'Done, but for some lines'}>
        <p>You are now tracking {cases(counts.now)} of this list.{counts.already > 0 ? ` You tracked ${cases(counts.already)} already.` : ''}</p>
        {counts.repeated > 0 ? <p>{lineCount(counts.repeated)} named a case of another line again.</p> : null}
        {counts.wrong > 0 ? <p>{lineCount(counts.wrong)} could not be taken. {counts.wrong === 1 ? 'It stands' : 'They stand'} below, to be mended and sent again.</p> : null}
      </ResultMessage>
      {wrong.length === 0 ? null : (
        <section className="mb-7" aria-labelledby="wrong">
          <SectionTitle id="wrong">What could not be taken</SectionTitle>
          <DataTable caption="Lines that could not be taken, and why" columns={columns} rows={wrong} />
        </section>
      )}
      {taken.length === 0 ? null : (
        <details className="mb-7" open={taken.length <= 50}>
          <summary className="min-h-11 cursor-pointer py-2 font-semibold">What was taken, line by line</summary>
          <DataTable caption="Lines that were taken" columns={columns} rows={taken} />
        </details>
      )}
      {taken.length < counts.now + counts.already ? <p className="mb-7">All that you track stands in <a href="/my-cases">My Cases</a>.</p> : null}
    </>
  )
}
