import { answerMetadata, answerPage } from '../../../_pages/answer-page.tsx'
import { getCaller, orNotFound } from '../../../_trpc/caller.ts'
import { DataTable } from '../../../_ui/data-table.tsx'
import { SectionTitle } from '../../../_ui/page-title.tsx'
import { CaseFrame } from '../_case/case-frame.tsx'
import { CourtChoice } from '../_case/court-choice.tsx'
import { caseMetadata, type CasePageProps, readCase } from '../_case/read-case.ts'

export const generateMetadata = answerMetadata((props: CasePageProps) => caseMetadata(props, 'parties and attorneys'))

export default answerPage(async function PartiesPage(props: CasePageProps) {
  const answer = await readCase(props, 'parties')
  if (answer.kind === 'choice') return <CourtChoice number={answer.number} cases={answer.cases} tab="parties" />
  const { number, court } = answer.case
  const parties = await orNotFound((await getCaller()).cases.parties({ number, court: court.code }))
  return (
    <CaseFrame shown={answer.case} open="parties">
      <SectionTitle>Parties and attorneys</SectionTitle>
      {parties.length === 0 ? <p>The court has sent no parties for this case.</p> : (
        <DataTable
          caption={`Parties and attorneys of case ${number}`}
          columns={[{ label: 'Name' }, { label: 'Role' }, { label: 'Attorney' }]}
          rows={parties.map((party, index) => ({ key: String(index), cells: [party.name, party.role, party.attorney ?? 'None named'] }))}
        />
      )}
    </CaseFrame>
  )
})
