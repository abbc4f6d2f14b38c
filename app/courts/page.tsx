import type { Metadata } from 'next'
import { answerPage } from '../_pages/answer-page.tsx'
import { getCaller } from '../_trpc/caller.ts'
import { middleDay } from '../_ui/day-words.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle, SectionTitle } from '../_ui/page-title.tsx'
import { Pill } from '../_ui/pill.tsx'
import type { CourtsView, ListedCircuit, ListedCourt } from '../../server/contract/courts-view.ts'

export const metadata: Metadata = { title: 'Courts' }

/** Which courts take part and since when, and which case types are excluded (A8). */
export default answerPage(async function CourtsPage() {
  const { circuits, excludedCaseTypes } = await (await getCaller()).cases.courts()
  const courts = circuits.flatMap((circuit) => circuit.courts)
  const takingPart = courts.filter((court) => court.isTakingPart).length
  return (
    <PageMain>
      <PageTitle lead={`Cases of ${takingPart} of the ${courts.length} courts listed here can be tracked. Cases of the others can be read where the court sends them.`}>
        Courts
      </PageTitle>
      {excludedCaseTypes.length === 0 ? null : <ExcludedTypes types={excludedCaseTypes} />}
      <SectionTitle>Courts by circuit</SectionTitle>
      <div className="gap-x-14 md:columns-2 lg:columns-3">
        {circuits.map((circuit) => <Circuit key={circuit.code ?? ''} circuit={circuit} />)}
      </div>
    </PageMain>
  )
})

function ExcludedTypes({ types }: { types: CourtsView['excludedCaseTypes'] }) {
  return (
    <section aria-labelledby="excluded" className="mb-10">
      <SectionTitle id="excluded">Types of case that cannot be tracked anywhere</SectionTitle>
      <ul className="max-w-3xl border-b border-rule">
        {types.map(({ code, name, reason }) => (
          <li key={code} className="border-t border-rule py-2">
            <span className="font-semibold">{name}</span> ({code}).{reason === null ? null : <span className="text-ink2"> {reason}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

const Circuit = ({ circuit: { name, courts } }: { circuit: ListedCircuit }) => (
  <section className="mb-7 break-inside-avoid">
    <h3 className="font-[650]">{name}</h3>
    <ul className="border-b border-rule">
      {courts.map((court) => <Court key={court.code} court={court} />)}
    </ul>
  </section>
)

function Court({ court: { shortName, counties, isTakingPart, takingPartSince } }: { court: ListedCourt }) {
  // Most courts are named for their one county.
  const others = counties.filter((county) => !shortName.includes(county))
  return (
    <li className="border-t border-rule py-2">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="min-w-0">{shortName}</span>
        {isTakingPart ? <Pill tone="green">Takes part</Pill> : <Pill tone="plain">Takes no part</Pill>}
      </p>
      {others.length === 0 ? null : <p className="text-nav text-ink2">For {others.join(', ')}</p>}
      {takingPartSince === null ? null : <p className="text-fine text-ink3">Since {middleDay(takingPartSince)}</p>}
    </li>
  )
}
