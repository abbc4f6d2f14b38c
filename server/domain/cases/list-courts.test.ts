import { expect, it } from 'vitest'
import { putCourt } from '../../testing/put-case.ts'
import { openWorld } from '../../testing/world.ts'
import { listCourts } from './list-courts.ts'

it('lists the courts by circuit, with counties, whether they take part and since when', async () => {
  const world = await openWorld()
  try {
    await world.work((work) => putCourt(work, { code: 'FAR', name: 'A Court of Elsewhere', circuit: 'unknown', isTakingPart: false, takingPartSince: '2020-01-01' }))
    const { circuits, excludedCaseTypes } = await listCourts(world.reading(), world.profile)
    const thirteenth = circuits.find(({ code }) => code === '13')
    expect(thirteenth?.courts.map(({ code }) => code)).toEqual(['13-BOONE', '13-CALLAWAY'])
    expect(thirteenth?.courts[0]).toMatchObject({ counties: ['Boone'], isTakingPart: true })
    expect(circuits.map(({ code }) => code)).toEqual([...world.profile.circuits.map(({ code }) => code), null])
    expect(circuits.at(-1)?.courts[0]).toEqual({
      code: 'FAR', name: 'A Court of Elsewhere', shortName: 'FAR', counties: [], isTakingPart: false, takingPartSince: null,
    })
    const listed = circuits.flatMap(({ courts }) => courts)
    expect(listed).toHaveLength(world.profile.courts.length + 1)
    expect(excludedCaseTypes.map(({ code }) => code)).toEqual(world.profile.caseTypes.filter(({ isExcluded }) => isExcluded).map(({ code }) => code))
    expect(excludedCaseTypes).toContainEqual({ code: 'AD', name: 'Adoption', reason: 'Adoption records are closed to the public by law.' })
  } finally {
    await world.close()
  }
})
