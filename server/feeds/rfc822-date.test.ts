import { describe, expect, it } from 'vitest'
import { readRfc822Date } from './rfc822-date.ts'

describe('readRfc822Date', () => {
  it.each([
    ['Tue, 15 Apr 2031 23:40:30 GMT', '2031-04-15T23:40:30Z'], ['Fri, 03 Feb 2034 10:58:42 MST', '2034-02-03T17:58:42Z'],
    ['Fri, 3 Feb 2034 10:58:42 EST', '2034-02-03T15:58:42Z'], ['3 Jul 2023 10:58 EDT', '2023-07-03T14:58:00Z'],
    ['Mon, 03 Jul 2023 10:58:42 HST', '2023-07-03T20:58:42Z'], ['Mon, 03 Jul 2023 10:58:42 ChST', '2023-07-03T00:58:42Z'],
    ['Mon, 03 Jul 2023 10:58:42 -0930', '2023-07-03T20:28:42Z'], ['Mon, 03 July 23 10:58:42 AKDT', '2023-07-03T18:58:42Z'],
    [' Sat, 29 Feb 2020 00:00:00 PST ', '2020-02-29T08:00:00Z'],
  ])('reads %s', (typed, instant) => {
    expect(readRfc822Date(typed).toString()).toBe(instant)
  })
  it.each([
    ['Sun, 30 Feb 2020 00:00:00 GMT', 'is not a date of the calendar'], ['Sun, 10 Foo 2020 00:00:00 GMT', 'is not a date of the calendar'],
    ['Mon, 03 Jul 2023 25:00:00 GMT', 'is not a date of the calendar'],
    ['Mon, 03 Jul 2023 10:00:00 XYZ', 'names a time zone that is not known here'],
    ['Mon, 03 Jul 2023 10:00:00', 'is not in the form of RSS'], ['2023-07-03T10:00:00Z', 'is not in the form of RSS'],
  ])('says of "%s" that it %s', (typed, fault) => {
    expect(readRfc822Date(typed)).toBe(fault)
  })
})
