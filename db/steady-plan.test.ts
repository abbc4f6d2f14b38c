import { describe, expect, it } from 'vitest'
import { withSteadyPlan } from './open-sqlite.ts'

describe('a statement for SQLite', () => {
  it('compares with and limits by what subqueries bring, so that it is planned once for all values', () => {
    expect(withSteadyPlan('select * from a join b on b.id = a.b where a.k = ? and a.l >= ? and a.m < ? and a.n <> ? limit ? offset ?')).toBe(
      'select * from a join b on b.id = a.b where a.k = (select ?) and a.l >= (select ?) and a.m < (select ?) and a.n <> (select ?)'
      + ' limit (select ?) offset (select ?)')
    expect(withSteadyPlan('select 1 from a where day between ? and ?')).toBe('select 1 from a where day between (select ?) and (select ?)')
  })

  it('is as it was where it lists values', () => {
    for (const text of ['insert into a (b, c) values (?, ?)', 'select 1 from a where b in (?, ?)']) expect(withSteadyPlan(text)).toBe(text)
  })
})
