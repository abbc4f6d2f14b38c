import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseSearch, searchSorts } from '../../contract/case-search.ts'
import { fillWorld } from '../../testing/fill-world.ts'
import { pairingStatements } from '../../testing/pair-words.ts'
import { explain, watchQueries } from '../../testing/query-plans.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { searchCases } from './search-cases.ts'

// Many cases, one a day, in two courts by turns, every 7,000th closed. All have "common" in the caption and in a party, the
// first 900 "also" in that party; the last 20,500 have "alone" in another, of which every 1,000th has "rarely" too.
// Five more words that begin as "begun" does are in one name each. Each has "ample" in one party and "broad" in another, the first
// 30 both in one; one party has more words than are paired. Each has a party with "plenty", most with "people" too, and one with
// "federal" and "company", the first three with "zed" and "yul" besides; the fifth has an unusual one.
const amount = 21_000
const script = `
  insert into cases (id, court, number, number_key, caption, case_type, filed_on, status, security, recorded_at)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${amount})
    select i, case when i % 2 then '13-BOONE' else '13-CALLAWAY' end, printf('26-%06d', i), printf('26%06d', i), 'Common', 'CV',
      date('1970-01-01', '+' || i || ' days'), case when i % 7000 then 'open' else 'closed' end, 'public', 0 from n;
  insert into name_words (word, case_id, ordinal) select 'common', id, 0 from cases;
  insert into name_words (word, case_id, ordinal) select 'common', id, 1 from cases;
  insert into name_words (word, case_id, ordinal) select 'also', id, 1 from cases where id <= 900;
  insert into name_words (word, case_id, ordinal) select 'alone', id, 2 from cases where id > 500;
  insert into name_words (word, case_id, ordinal) select 'rarely', id, 2 from cases where id % 1000 = 0;
  insert into name_words (word, case_id, ordinal) select 'begun' || char(96 + id), id, 1 from cases where id <= 5;
  insert into name_words (word, case_id, ordinal) select 'ample', id, 3 from cases;
  insert into name_words (word, case_id, ordinal) select 'broad', id, 4 from cases;
  insert into name_words (word, case_id, ordinal) select 'broad', id, 3 from cases where id <= 30;
  insert into name_words (word, case_id, ordinal) with recursive n(i) as (select 1 union all select i + 1 from n where i < 20) select 'word' || i, 7, 5 from n;
  insert into name_words (word, case_id, ordinal) values ('ample', 7, 5), ('x', 7, 5), ('the', 7, 5);
  insert into name_words (word, case_id, ordinal) select 'plenty', id, 6 from cases union all select 'people', id, 6 from cases where id > 2000;
  insert into name_words (word, case_id, ordinal) select 'federal', id, 7 from cases union all select 'company', id, 7 from cases;
  insert into name_words (word, case_id, ordinal) select column1, id, 7 from cases, (values ('zed'), ('yul')) where id <= 3;
  insert into name_words (word, case_id, ordinal) values ('unusual', 5, 8), ('ample', 5, 8), ('broadly', 5, 8);
  insert into parties (case_id, ordinal, name, role) select id, 1, 'Common Also', 'Party' from cases where id <= 900;
`

let world: World
beforeAll(async () => {
  world = await openWorld()
  await fillWorld(world, (file) => {
    const connection = new Sqlite(file)
    connection.exec(`begin; ${script} ${pairingStatements('sqlite').join('')} commit;`)
    connection.close()
  })
})
afterAll(() => world.close())

const search = (typed: Record<string, unknown>) => searchCases(world.reading(), world.profile, caseSearch.parse(typed))
const shown = async (typed: Record<string, unknown>) => (await search(typed)).cases.map(({ number }) => number)

describe('a search that finds more than is counted', () => {
  it('says 1,000 and more, on 50 pages', async () => {
    for (const typed of [{}, { q: '26' }, { q: 'common' }, { q: 'com' }, { court: '13-BOONE' }, { circuit: '13' }, { type: 'CV' }]) {
      const results = await search(typed)
      expect(results).toMatchObject({ total: 1_000, isTotalExact: false, page: 1, pageCount: 50 })
      expect(results.cases).toHaveLength(20)
    }
  })

  it('shows the newest first of all, whichever court has them', async () => {
    const newest = ['26-021000', '26-020999', '26-020998']
    for (const typed of [{}, { q: 'common' }, { q: '26' }, { circuit: '13' }, { type: 'CV' }]) {
      expect((await shown(typed)).slice(0, 3)).toEqual(newest)
    }
    expect((await shown({ sort: 'filed-oldest', circuit: '13' })).slice(0, 3)).toEqual(['26-000001', '26-000002', '26-000003'])
  })

  it('goes as far as the last page that is counted', async () => {
    expect(await search({ page: 50 })).toMatchObject({ page: 50, pageCount: 50 })
    expect((await shown({ page: 50 })).at(-1)).toBe('26-020001')
    expect(await search({ q: 'also', page: 50 })).toMatchObject({ total: 900, isTotalExact: true, page: 45, pageCount: 45 })
  })

  it('counts exactly up to 1,000', async () => {
    expect(await search({ q: '26000' })).toMatchObject({ total: 999, isTotalExact: true })
    expect(await search({ from: '1970-01-02', to: '1972-09-27' })).toMatchObject({ total: 1_000, isTotalExact: true, pageCount: 50 })
    expect(await search({ from: '1970-01-02', to: '1972-09-28' })).toMatchObject({ total: 1_000, isTotalExact: false, pageCount: 50 })
  })
})

describe('a search of common words', () => {
  it('finds all names with both, however many have the one and the other', async () => {
    expect(await search({ q: 'common also' })).toMatchObject({ total: 900, isTotalExact: true })
    expect(await search({ q: 'alone rarely' })).toMatchObject({ total: 21, isTotalExact: true })
    for (const q of ['ample broad', 'broad ample', 'ample bro', 'amp broad']) expect(await search({ q }), q).toMatchObject({ total: 30, isTotalExact: true })
    expect(await search({ q: 'ample broad', from: '1970-01-15', status: 'open' })).toMatchObject({ total: 17, isTotalExact: true })
  })

  it('walks those with the two of several words by which there is the least to walk', async () => {
    for (const q of ['Federal Company; Zed Yul', 'federal yul company', 'fed com zed']) expect(await search({ q }), q).toMatchObject({ total: 3, isTotalExact: true })
    expect(await search({ q: 'Federal Company of the Zed v. Yul' })).toMatchObject({ total: 0, isTotalExact: true })
    expect(await search({ q: 'unusual amp bro' })).toMatchObject({ total: 1, isTotalExact: true })
  })

  it('shows the newest first where one is not typed to its end', async () => {
    for (const q of ['plenty people', 'plenty peo', 'plen people']) {
      expect((await shown({ q })).slice(0, 2), q).toEqual(['26-021000', '26-020999'])
      expect(await search({ q }), q).toMatchObject({ total: 1_000, isTotalExact: false })
    }
  })

  it('says that it found all where only the commoner one has many longer ones', async () => {
    for (const q of ['commo rare', 'rare commo', 'ampl begu']) expect(await search({ q }), q).toMatchObject({ total: 0, isTotalExact: true })
  })

  it('finds a name with more words than are paired', async () => {
    for (const q of ['ample word13', 'word2 ampl', 'word13 amp', 'word19 word1', 'ample word5 x']) expect(await shown({ q }), q).toEqual(['26-000007'])
  })

  it('walks the rarest where all but one only join names', async () => {
    expect(await shown({ q: 'the ample' })).toEqual(['26-000007'])
  })

  it('looks at 20,000 rows and then says that there may be more', async () => {
    expect(await search({ q: 'alone', status: 'closed' })).toMatchObject({ total: 3, isTotalExact: false })
    expect(await search({ status: 'closed' })).toMatchObject({ total: 3, isTotalExact: false })
    expect(await search({ court: '13-CALLAWAY', status: 'closed' })).toMatchObject({ total: 3, isTotalExact: true })
    expect(await search({ q: 'alone', to: '1971-12-31' })).toMatchObject({ total: 0, isTotalExact: false })
  })
})

describe('the plan of every search', () => {
  it('walks an index and never a table, and on SQLite sorts nothing', async () => {
    const typed = [
      {}, { q: '26' }, { q: '26-000001' }, { q: 'common' }, { q: 'common also' }, { q: 'common also begun' }, { q: 'common alone rarely' }, { q: 'ample the' }, { q: 'ample broad the' }, { q: 'ample x' }, { q: 'federal yul company' }, { q: 'common begun' }, { q: 'begunc begun common' }, { q: 'rarely al' }, { q: 'nobody' }, { q: 'nobody nowhere' },
      { court: '13-BOONE' }, { type: 'CV' }, { county: 'Boone' }, { circuit: '13' }, { status: 'open' }, { from: '2026-01-01' }, { to: '2026-01-01' },
    ]
    const further = [{}, { court: '13-BOONE' }, { circuit: '13', type: 'CV', status: 'closed', from: '2000-01-01', to: '2026-01-01' }]
    // A database whose queries are not prepared yet.
    const beside = world.openBeside()
    const sent = await watchQueries(async () => {
      for (const sort of searchSorts) {
        for (const one of typed) {
          for (const more of further) await searchCases(beside.reading(), world.profile, caseSearch.parse({ ...more, ...one, sort }))
        }
      }
    })
    await beside.close()
    const queries = [...new Map(sent.filter((query) => /"(cases|name_words|name_pairs|parties)"/.test(query.sql)).map((query) => [query.sql, query])).values()]
    expect(queries.length).toBeGreaterThan(20)
    for (const [nth, plan] of (await explain(world, queries)).entries()) {
      const text = queries[nth]?.sql ?? ''
      expect(plan, text).not.toMatch(/SCAN (cases|other|parties|name_words|name_pairs)|AUTOMATIC|MATERIALIZE|Seq Scan on (cases|parties|name_words|name_pairs)/)
      // Postgres weighs whether to sort what it found through an index; SQLite does as it is told.
      // Of what several parts bring, each to its bound, the newest are taken first.
      if (text.includes('"driver"')) expect(text.includes('"part"') ? plan.replaceAll('USE TEMP B-TREE FOR ORDER BY', '') : plan, text).not.toContain('TEMP B-TREE')
      // P7: SQLite would rather look up the case of each name that the first word leads to.
      if (text.includes('"driver"') && text.includes('exists (select "word"')) {
        if (world.url.startsWith('file:')) expect(plan, text).toMatch(/name_words EXISTS[^]*SEARCH cases/)
      }
    }
  })
})
