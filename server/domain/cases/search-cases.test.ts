import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseSearch } from '../../contract/case-search.ts'
import { caseTypeName } from '../../profile/look-up.ts'
import { putCase, putCourt } from '../../testing/put-case.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { searchCases } from './search-cases.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    await putCourt(work, { code: 'EAST', name: 'East Court', circuit: '13' })
    await putCourt(work, { code: 'WEST', name: 'West Court' })
    await putCase(work, {
      number: '26BA-CR00011', caption: 'State v. Ana María Núñez-Ortiz', caseType: 'CR', filedOn: '2026-03-01',
      parties: [{ name: 'Núñez-Ortiz, Ana María', role: 'Defendant' }, { name: 'Harbor, Otto', role: 'Witness' }],
    })
    await putCase(work, {
      number: '26BA-CV00012', caption: "O'Donnell v. Harbor Freight Lines, LLC", filedOn: '2026-02-01', status: 'closed',
      parties: [{ name: "O'Donnell, Mary Jane" }, { name: 'Harbor Freight Lines, LLC' }],
    })
    await putCase(work, { number: '26BA-CV00013', caption: 'Donnelly v. Marsh', filedOn: null, parties: [{ name: 'Marsh, Ana' }] })
    await putCase(work, { number: '25EA-CV00014', court: 'EAST', caption: 'Ortiz v. Zeller', filedOn: '2025-12-31' })
    await putCase(work, { number: '26XX-1', court: 'EAST', caption: 'Harbor v. Quill', filedOn: '2026-01-01' })
    await putCase(work, { number: '26XX-1', court: 'WEST', caption: 'Harbor v. Quill', filedOn: '2026-01-02' })
    await putCase(work, { number: '26XX-11', court: 'WEST', caption: '2 Rivers Farm v. Bell', filedOn: '2026-01-03' })
    await putCase(work, { number: 'ESTATE-BOOK', court: 'WEST', caption: 'In re Vane', filedOn: '2026-01-04' })
    await putCase(work, { number: '26BA-CR00099', caption: 'State v. Hidden', security: 'confidential', parties: [{ name: 'Hidden, Una' }] })
  })
})
afterAll(() => world.close())

const search = (typed: Record<string, unknown>) => searchCases(world.reading(), world.profile, caseSearch.parse(typed))
const numbers = async (typed: Record<string, unknown>) => (await search(typed)).cases.map(({ number }) => number)

describe('a search by number', () => {
  it('finds the case whatever its case, spaces and hyphens', async () => {
    for (const q of ['26BA-CR00011', '26bacr00011', ' 26 ba cr 00011 ', '26ba‑cr‑00011']) {
      const results = await search({ q })
      expect(results).toMatchObject({ total: 1, isTotalExact: true, isNameSearch: false })
      expect(results.exact).toEqual({ number: '26BA-CR00011', court: '13-BOONE', needsCourt: false })
    }
  })

  it('shows what lists show of a case', async () => {
    expect((await search({ q: '26BA-CR00011' })).cases).toEqual([{
      number: '26BA-CR00011', caption: 'State v. Ana María Núñez-Ortiz', caseType: 'CR', caseTypeName: caseTypeName(world.profile, 'CR'), filedOn: '2026-03-01',
      status: 'open', matchedName: null, needsCourt: false,
      court: { code: '13-BOONE', name: '13th Judicial Circuit, Boone County', shortName: 'Boone County', timeZone: 'America/Chicago' },
    }])
  })

  it('finds what begins so, and opens none of several', async () => {
    const results = await search({ q: '26BA' })
    expect(results.cases.map(({ number }) => number)).toEqual(['26BA-CR00011', '26BA-CV00012', '26BA-CV00013'])
    expect(results.exact).toBeNull()
  })

  it('opens the case whose number is written out though others begin so', async () => {
    await expect(search({ q: '26XX-11' })).resolves.toMatchObject({ total: 1, exact: { number: '26XX-11' } })
    const shared = await search({ q: '26XX-1' })
    expect(shared).toMatchObject({ total: 3, exact: null })
    expect(shared.cases.map(({ number, court, needsCourt }) => [number, court.code, needsCourt])).toEqual([
      ['26XX-11', 'WEST', false], ['26XX-1', 'WEST', true], ['26XX-1', 'EAST', true],
    ])
  })

  it('keeps to the other filters, and still says which case has the number', async () => {
    expect(await search({ q: '26BA-CR00011', court: 'WEST' })).toMatchObject({
      cases: [], total: 0, isNameSearch: false, exact: { number: '26BA-CR00011', court: '13-BOONE' },
    })
    expect(await search({ q: '26BA', court: 'WEST' })).toMatchObject({ total: 0, isNameSearch: false, exact: null })
  })

  it('finds a number without digits when no name is so', async () => {
    expect(await search({ q: 'estate book' })).toMatchObject({ total: 1, isNameSearch: false, exact: { number: 'ESTATE-BOOK' } })
  })

  it('knows no confidential case, whole or in part', async () => {
    const results = await search({ q: '26BA-CR00099' })
    expect(results).toEqual({ ...(await search({ q: '26BA-CR00098' })) })
    expect(results).toMatchObject({ cases: [], total: 0, isTotalExact: true, exact: null })
  })
})

describe('a search by name', () => {
  it('disregards order, case, diacritics and marks', async () => {
    for (const q of ['Núñez-Ortiz, Ana María', 'ana maria nunez ortiz', 'ORTIZ ANA', 'nunez', 'Ortiz; Nuñez']) {
      expect(await numbers({ q, type: 'CR' })).toEqual(['26BA-CR00011'])
    }
    expect(await numbers({ q: 'odonnell' })).toEqual(['26BA-CV00012'])
    expect(await numbers({ q: 'O’Donnell Mary' })).toEqual(['26BA-CV00012'])
  })

  it('finds every word in the same name', async () => {
    expect(await numbers({ q: 'Harbor Freight' })).toEqual(['26BA-CV00012'])
    // Both words stand in the case, but no one is called so.
    expect(await numbers({ q: 'Harbor Ana' })).toEqual([])
    expect(await numbers({ q: 'Marsh Otto' })).toEqual([])
  })

  it('finds the beginning of a word of two letters or more, and an initial only whole', async () => {
    expect(await numbers({ q: 'ma jane' })).toEqual(['26BA-CV00012'])
    expect(await numbers({ q: 'donnel' })).toEqual(['26BA-CV00013'])
    expect(await numbers({ q: 'm donnelly' })).toEqual([])
    expect(await numbers({ q: 'v donnelly' })).toEqual(['26BA-CV00013'])
  })

  it('says the party that was found, unless the caption has the name', async () => {
    expect((await search({ q: 'otto harbor' })).cases).toMatchObject([{ number: '26BA-CR00011', matchedName: 'Harbor, Otto' }])
    expect((await search({ q: 'ortiz nunez' })).cases).toMatchObject([{ number: '26BA-CR00011', matchedName: null }])
  })

  it('counts each case once and says that it was a search by name', async () => {
    const results = await search({ q: 'harbor' })
    expect(results).toMatchObject({ total: 4, isTotalExact: true, isNameSearch: true, exact: null })
    expect(results.cases.map(({ number }) => number)).toEqual(['26BA-CR00011', '26BA-CV00012', '26XX-1', '26XX-1'])
  })

  it('takes what holds a digit and is no number as a name', async () => {
    expect(await search({ q: '2 rivers' })).toMatchObject({ isNameSearch: true, cases: [{ caption: '2 Rivers Farm v. Bell' }] })
    expect(await search({ q: 'Bell 2' })).toMatchObject({ isNameSearch: true, total: 1 })
  })

  it('keeps to the other filters', async () => {
    expect(await numbers({ q: 'harbor', court: 'EAST' })).toEqual(['26XX-1'])
    expect(await numbers({ q: 'harbor', status: 'closed' })).toEqual(['26BA-CV00012'])
    expect(await numbers({ q: 'harbor', from: '2026-01-02', to: '2026-02-01' })).toEqual(['26BA-CV00012', '26XX-1'])
    expect(await numbers({ q: 'harbor', county: 'boone', type: 'CV' })).toEqual(['26BA-CV00012'])
    expect(await numbers({ q: 'harbor', circuit: '13' })).toEqual(['26BA-CR00011', '26BA-CV00012', '26XX-1'])
  })

  it('knows no confidential case', async () => {
    expect(await search({ q: 'Hidden' })).toMatchObject({ cases: [], total: 0, isTotalExact: true })
    expect(await numbers({ q: 'State' })).toEqual(['26BA-CR00011'])
  })

  it('finds nothing for what holds no letter and no digit', async () => {
    for (const q of ['%', '---', '"*', '\u0000', '💥', '\ud800']) expect(await search({ q })).toMatchObject({ cases: [], total: 0 })
  })

  it('finds nothing in a place or of a type that nobody can name', async () => {
    for (const unknown of ['\u0000', '\ud800', "'"]) {
      for (const facts of [{ court: unknown }, { county: unknown }, { circuit: unknown }, { type: unknown }]) {
        expect(await search(facts)).toMatchObject({ cases: [], total: 0 })
      }
    }
  })
})

describe('a search without words', () => {
  it('lists all public cases, the newest filing first and those without a day last', async () => {
    expect(await numbers({})).toEqual([
      '26BA-CR00011', '26BA-CV00012', 'ESTATE-BOOK', '26XX-11', '26XX-1', '26XX-1', '25EA-CV00014', '26BA-CV00013',
    ])
  })

  it('filters by court, county, circuit, type, status and days, both days included', async () => {
    expect(await numbers({ court: 'WEST' })).toEqual(['ESTATE-BOOK', '26XX-11', '26XX-1'])
    expect(await numbers({ county: 'Boone' })).toEqual(['26BA-CR00011', '26BA-CV00012', '26BA-CV00013'])
    expect(await numbers({ circuit: '13' })).toEqual(['26BA-CR00011', '26BA-CV00012', '26XX-1', '25EA-CV00014', '26BA-CV00013'])
    expect(await numbers({ type: 'CR' })).toEqual(['26BA-CR00011'])
    expect(await numbers({ status: 'closed' })).toEqual(['26BA-CV00012'])
    expect(await numbers({ from: '2026-01-02', to: '2026-01-03' })).toEqual(['26XX-11', '26XX-1'])
    expect(await numbers({ to: '2025-12-31' })).toEqual(['25EA-CV00014'])
    expect(await numbers({ from: '2026-02-02', circuit: '13' })).toEqual(['26BA-CR00011'])
    expect(await numbers({ court: 'EAST', county: 'Boone' })).toEqual([])
    expect(await numbers({ court: 'NONE' })).toEqual([])
  })

  it('sorts by day either way, by number and by caption', async () => {
    expect(await numbers({ circuit: '13', sort: 'filed-oldest' })).toEqual(['25EA-CV00014', '26XX-1', '26BA-CV00012', '26BA-CR00011', '26BA-CV00013'])
    expect(await numbers({ circuit: '13', sort: 'number' })).toEqual(['25EA-CV00014', '26BA-CR00011', '26BA-CV00012', '26BA-CV00013', '26XX-1'])
    expect(await numbers({ circuit: '13', sort: 'caption' })).toEqual(['26BA-CV00013', '26XX-1', '26BA-CV00012', '25EA-CV00014', '26BA-CR00011'])
  })
})

describe('a search for two words that begin alike', () => {
  it('finds names that have a word for each', async () => {
    const many = Array.from({ length: 13 }, (_, nth) => `Other${String.fromCharCode(97 + nth)}`).join(' ')
    const captions = ['In re John Johnson', 'In re Bob Johnson', 'In re Johnathan Johnstone', 'In re Johnsonia', `${many} and John Johnson`, `${many} and Johnson`]
    await world.work(async (work) => {
      for (const [nth, caption] of captions.entries()) await putCase(work, { number: `26JO-${nth}`, court: 'WEST', caption })
    })
    const found = async (q: string) => (await numbers({ q })).sort()
    for (const q of ['john johnson', 'Johnson, John', 'john johns in']) expect(await found(q), q).toEqual(q.endsWith('in') ? ['26JO-0', '26JO-2'] : ['26JO-0', '26JO-4'])
    expect(await found('joh johns')).toEqual(['26JO-0', '26JO-2', '26JO-4'])
    expect(await found('johnson')).toEqual(['26JO-0', '26JO-1', '26JO-3', '26JO-4', '26JO-5'])
    expect(await found('othera john johnson')).toEqual(['26JO-4'])
    expect(await found('the johnson')).toEqual([])
    expect(await found('joh john johnson')).toEqual([])
    expect(await found('joh john johnson in')).toEqual([])
  })
})

describe('a search with what joins names', () => {
  it('finds them by it, typed whole or begun', async () => {
    await world.work((work) => putCase(work, { number: '26JO-9', court: 'WEST', caption: 'Wesson and Theo of the Ozarks' }))
    for (const q of ['wesson an', 'wesson and', 'wess an', 'ozarks th', 'ozarks the theo', 'and the', 'th the']) expect(await numbers({ q }), q).toEqual(['26JO-9'])
    for (const q of ['wesson the theo th', 'and an wesson', 'vs wesson']) expect(await numbers({ q }), q).toEqual([])
  })
})

describe('a search for the beginning of a word', () => {
  it('finds it beside a rarer one, of however many words it is the beginning', async () => {
    const firstNames = ['Anna', 'Annabel', 'Annalise', 'Annette', 'Bert', 'Bertha', 'Cecil']
    await world.work(async (work) => {
      const others = ['Lonecombe, Bertha', 'Solecombe, Bert', 'Fourcombe, Annette']
      const parties = [...firstNames.map((first) => `Wexcombe, ${first}`), ...others].map((name) => ({ name }))
      await putCase(work, { number: '26AN-1', court: 'WEST', caption: 'In re Wexcombe', parties })
      // So that nothing is rarer than the family's name.
      for (let nth = 2; nth <= 10; nth++) await putCase(work, { number: `26AN-${nth}`, court: 'WEST', caption: 'In re Others', parties: firstNames.map((name) => ({ name: `Other, ${name}` })) })
    })
    for (const first of [...firstNames, 'ann', 'an', 'annal', 'be', 'bert', 'ber', 'ce']) {
      expect(await numbers({ q: `${first} wexcombe` }), first).toEqual(['26AN-1'])
    }
    for (const q of ['ber lonecombe', 'bert lonecombe', 'ber solecombe', 'an fourcombe', 'ann fourcombe']) expect(await numbers({ q }), q).toEqual(['26AN-1'])
    for (const q of ['annabella wexcombe', 'nn wexcombe', 'bertha solecombe', 'ce lonecombe', 'anna fourcombe']) expect(await numbers({ q }), q).toEqual([])
  })
})
