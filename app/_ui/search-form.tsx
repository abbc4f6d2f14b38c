import { type CaseSearch, searchAddress } from '../../server/contract/case-search.ts'
import { addDays } from '../../server/contract/court-time.ts'
import { Button } from './button.tsx'
import { SelectField, TextField } from './field.tsx'
import type { Frame } from './frame.ts'

const lastDays = 7

/** The search (A1, A2): a plain form whose address is its result, with what was searched left standing in it. */
export function SearchForm({ frame, search }: { frame: Frame; search?: CaseSearch }) {
  const { court, county, circuit, type, status, from, to } = search ?? {}
  const isNarrowed = [court, county, circuit, type, status, from, to].some((value) => value !== undefined && value !== null)
  return (
    <form method="get" action="/search" role="search" aria-label="Find a case">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 grow basis-64">
          <TextField
            id="q" name="q" type="search" label="Case number or name" defaultValue={search?.q ?? ''}
            hint="For a person, type the last name first. Capitals, accents and hyphens do not matter."
            autoComplete="off" spellCheck={false} maxLength={200}
          />
        </div>
        <Button className="max-sm:w-full">Search</Button>
      </div>
      <details open={isNarrowed} className="mt-2">
        <summary className="min-h-11 w-fit py-2.5 font-semibold text-link underline">More ways to search</summary>
        <div className="mt-1 grid gap-x-6 gap-y-4 sm:grid-cols-2">
          <SelectField id="court" name="court" label="Court" defaultValue={court ?? ''}>
            <option value="">Any court</option>
            <Courts frame={frame} />
          </SelectField>
          <SelectField id="county" name="county" label="County" defaultValue={county ?? ''}>
            <option value="">Any county</option>
            {frame.counties.map((name) => <option key={name} value={name}>{name}</option>)}
          </SelectField>
          <SelectField id="circuit" name="circuit" label="Circuit" defaultValue={circuit ?? ''}>
            <option value="">Any circuit</option>
            {frame.circuits.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
          </SelectField>
          <SelectField id="type" name="type" label="Case type" defaultValue={type ?? ''}>
            <option value="">Any type</option>
            {frame.caseTypes.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
          </SelectField>
          <SelectField id="status" name="status" label="Open or closed" defaultValue={status ?? ''}>
            <option value="">Both</option>
            <option value="open">Open</option>
            <option value="closed">Closed</option>
          </SelectField>
          <div className="grid gap-4 min-[26rem]:grid-cols-2">
            <TextField id="from" name="from" type="date" label="Filed from" defaultValue={from ?? ''} />
            <TextField id="to" name="to" type="date" label="Filed to" defaultValue={to ?? ''} />
          </div>
        </div>
        <p className="mt-2">
          <a className="inline-flex min-h-11 items-center" href={searchAddress({ from: addDays(frame.today, -lastDays) })}>
            Cases filed in the last {lastDays} days
          </a>
        </p>
      </details>
    </form>
  )
}

/** The courts under their circuits; those outside any circuit come last. */
function Courts({ frame: { circuits, courts } }: { frame: Frame }) {
  const outside = courts.filter((court) => court.circuit === null)
  return (
    <>
      {circuits.map((circuit) => {
        const within = courts.filter((court) => court.circuit === circuit.code)
        return within.length === 0 ? null : (
          <optgroup key={circuit.code} label={circuit.name}>
            {within.map(({ code, shortName }) => <option key={code} value={code}>{shortName}</option>)}
          </optgroup>
        )
      })}
      {outside.map(({ code, shortName }) => <option key={code} value={code}>{shortName}</option>)}
    </>
  )
}
