import { expect, it } from 'vitest'
import { loadProfile } from '../../profile/load-profile.ts'
import { caseTypeOf } from './case-type-of.ts'

it.each([
  ['25BE-CR00311', 'CR'], ['2516-AC00311', 'AC'], ['3:25-cv-00017', 'CV'], ['3:25-cr-00017-ABC', 'CR'], ['25-bk-10017', 'BK'],
  ['ED110017', ''], ['25-1017', ''], ['25BE-QQ00311', ''], ['', ''],
])('reads %j as type %j', (number, type) => {
  expect(caseTypeOf(loadProfile(), number)).toBe(type)
})
