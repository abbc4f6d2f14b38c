import { asc } from 'drizzle-orm'
import { courtCounties, courts } from '../../../db/schema.ts'
import type { CourtsView, ListedCircuit, ListedCourt } from '../../contract/courts-view.ts'
import { displayText } from '../../contract/display-text.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'

/**
 * Every court by circuit in the profile's order, courts that an import brought included, those outside any circuit last;
 * circuits without a court are left out. With them the case types that cannot be tracked (A8).
 */
export async function listCourts({ tx }: Reading, profile: CourtProfile): Promise<CourtsView> {
  const rows = await tx.select().from(courts).orderBy(asc(courts.name), asc(courts.code))
  const counties = Map.groupBy(await tx.select().from(courtCounties).orderBy(asc(courtCounties.county)), ({ court }) => court)
  const listed = ({ code, name, shortName, isTakingPart, takingPartSince }: (typeof rows)[number]): ListedCourt => ({
    code: displayText(code), name: displayText(name), shortName: displayText(shortName), isTakingPart,
    counties: (counties.get(code) ?? []).map(({ county }) => county),
    takingPartSince: isTakingPart ? takingPartSince : null,
  })
  const known = new Set(profile.circuits.map(({ code }) => code))
  const circuits: ListedCircuit[] = [
    ...profile.circuits.map(({ code, name }) => ({ code, name, courts: rows.filter(({ circuit }) => circuit === code).map(listed) })),
    {
      code: null, name: 'Courts outside the circuits',
      courts: rows.filter(({ circuit }) => circuit === null || !known.has(circuit)).map(listed),
    },
  ]
  return {
    circuits: circuits.filter((circuit) => circuit.courts.length > 0),
    excludedCaseTypes: profile.caseTypes.filter(({ isExcluded }) => isExcluded)
      .map(({ code, name, exclusionReason }) => ({ code, name, reason: exclusionReason ?? null })),
  }
}
